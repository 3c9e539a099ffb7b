import { expect, test } from 'vitest';
import { neighbour } from './neighbour';

const box = (x: number, y: number) => ({ x, y, w: 172, h: 62 });
const boxes = new Map([
  ['a', box(0, 0)],
  ['b', box(300, 0)],
  ['c', box(300, 200)],
  ['d', box(600, 10)],
]);

test('the arrows go to the nearest step in their direction', () => {
  expect(neighbour(boxes, 'a', 'right')).toBe('b');
  expect(neighbour(boxes, 'b', 'down')).toBe('c');
  expect(neighbour(boxes, 'd', 'left')).toBe('b');
});
test('nothing lies beyond the edge', () => {
  expect(neighbour(boxes, 'a', 'left')).toBeNull();
  expect(neighbour(boxes, 'nobody', 'right')).toBeNull();
});
