import { expect, test } from 'vitest';
import { openingOf } from './opening';

const DESK = { width: 1200, height: 760 };
const PHONE = { width: 390, height: 600 };
const first = { x: 0, y: 20, w: 168, h: 62 };
const right = (seen: { x: number; zoom: number }, box: { x: number; w: number }) =>
  seen.x + (box.x + box.w) * seen.zoom;

test('a map that can be read whole is seen whole', () => {
  expect(openingOf(DESK, { width: 1300, height: 300 }, first)).toBeNull();
});
test('a map that is high but not wide is seen in its whole width', () => {
  const seen = openingOf(DESK, { width: 1200, height: 2000 }, first)!;
  expect(seen.x + 1200 * seen.zoom).toBeLessThanOrEqual(DESK.width);
  expect(seen.y + first.y * seen.zoom).toBeGreaterThan(0);
});
test('a wider map opens where it begins, beside the names of its lanes', () => {
  const seen = openingOf(DESK, { width: 3000, height: 300 }, first)!;
  expect(seen.x).toBe(136);
  expect(seen.zoom).toBeGreaterThanOrEqual(0.7);
});
test('a bottleneck in sight of the beginning does not take one away from it', () => {
  const seen = openingOf(DESK, { width: 3000, height: 300 }, first, { x: 600, y: 20, w: 168, h: 62 })!;
  expect(seen.x).toBe(136);
});
test('a bottleneck further on stands in the middle of what the names of the lanes leave', () => {
  const far = { x: 2000, y: 20, w: 168, h: 62 };
  const seen = openingOf(DESK, { width: 3000, height: 300 }, first, far)!;
  expect(right(seen, far)).toBeLessThan(DESK.width);
  expect(seen.x + far.x * seen.zoom).toBeGreaterThan(136);
});
test('on a phone the first step is whole in sight', () => {
  const seen = openingOf(PHONE, { width: 3000, height: 300 }, first)!;
  expect(right(seen, first)).toBeLessThan(PHONE.width);
});
test('what has no beginning is seen whole', () => {
  expect(openingOf(PHONE, { width: 3000, height: 300 }, undefined)).toBeNull();
});
