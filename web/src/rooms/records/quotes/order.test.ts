import { expect, it } from 'vitest';
import { moved } from './order';

it('a line goes up, down and to either end', () => {
  expect(moved([1, 2, 3], 2, 0)).toEqual([3, 1, 2]);
  expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
  expect(moved([1, 2, 3], 0, 2)).toEqual([2, 3, 1]);
});
it('nothing moves beyond the ends, nor where it is', () => {
  expect(moved([1, 2], 0, -1)).toBeNull();
  expect(moved([1, 2], 1, 2)).toBeNull();
  expect(moved([1, 2], 1, 1)).toBeNull();
});
