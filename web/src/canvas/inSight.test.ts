import { expect, test } from 'vitest';
import { middleOf, shift } from './inSight';

const box = (x: number, y: number) => ({ x, y, w: 160, h: 60 });
const still = { x: 0, y: 0, zoom: 1 };

test('a step that is in sight moves nothing', () => {
  expect(shift(box(300, 200), still, 800, 600)).toEqual({ x: 0, y: 0 });
});
test('a step that the panel covers comes beside it, one below the bar above it', () => {
  expect(shift(box(900, 200), still, 800, 600)).toEqual({ x: -284, y: 0 });
  expect(shift(box(300, 590), still, 800, 600)).toEqual({ x: 0, y: -128 });
});
test('a step under the names of the lanes comes out of them, at any zoom', () => {
  expect(shift(box(0, 200), { x: 36, y: 0, zoom: 0.5 }, 800, 600)).toEqual({ x: 100, y: 0 });
});
test('where there is no room for a step, its beginning is seen', () => {
  expect(shift(box(300, 200), still, 250, 600)).toEqual({ x: -164, y: 0 });
});
test('of a passage its middle is looked at', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 400, y: 100 },
    { x: 400, y: 0 },
  ];
  expect(middleOf(corner)).toEqual({ x: 170, y: 70, w: 60, h: 60 });
  expect(middleOf([])).toBeUndefined();
});
