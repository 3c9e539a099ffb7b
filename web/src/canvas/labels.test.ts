import { expect, test } from 'vitest';
import { placeLabels } from './labels';

const step = { x: 0, y: 0, w: 400, h: 60 };
const line = [
  { x: 0, y: 70 },
  { x: 400, y: 70 },
];

test('the words of a passage stand above what is measured on it, below where a step is above', () => {
  const free = placeLabels([{ id: 'a', text: 'Signer', said: '7 j', points: line }], []);
  expect(free.get('a')).toEqual({ x: 200, y: 70, words: -12 });
  const under = placeLabels([{ id: 'a', text: 'Signer', said: '7 j', points: line }], [step]);
  expect(under.get('a')).toEqual({ x: 200, y: 70, words: 20 });
});
test('two passages on one line are written one beside the other', () => {
  const both = ['a', 'b'].map((id) => ({ id, text: 'Abandonner', said: '34 j', points: line }));
  const placed = placeLabels(both, [step]);
  expect(Math.abs(placed.get('a')!.x - placed.get('b')!.x)).toBeGreaterThan(50);
});
test('a passage without words takes the place of what is measured alone', () => {
  expect(placeLabels([{ id: 'a', text: '', said: '7 j', points: line }], [step]).get('a')?.x).toBe(200);
});
