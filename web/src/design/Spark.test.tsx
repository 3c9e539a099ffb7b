import { expect, test } from 'vitest';
import { laidOut } from './Spark';

test('a line goes from its first value to its last, the highest on top', () => {
  expect(laidOut([1, 3, 2])).toEqual([
    [2, 16],
    [36, 2],
    [70, 9],
  ]);
});
test('what does not change is a flat line in the middle', () => {
  expect(laidOut([5, 5]).map(([, y]) => y)).toEqual([9, 9]);
  expect(laidOut([5])).toEqual([[2, 9]]);
});
