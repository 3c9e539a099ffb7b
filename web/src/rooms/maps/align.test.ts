import { expect, test } from 'vitest';
import { aligned } from './align';

const boxes = [
  { id: 'a', x: 0, y: 0, w: 100, h: 60 },
  { id: 'b', x: 130, y: 30, w: 100, h: 40 },
  { id: 'c', x: 400, y: 10, w: 100, h: 60 },
];
test('boxes of one row share their middle, boxes of one column their centre', () => {
  expect(aligned(boxes, 'row')).toMatchObject({ a: { y: 0 }, b: { x: 130, y: 10 }, c: { y: 0 } });
  expect(aligned(boxes, 'column')).toMatchObject({ a: { x: 0 }, b: { x: 0 }, c: { x: 0, y: 10 } });
});
test('boxes apart have one gap between them and the ends stay', () => {
  expect(aligned(boxes, 'spread')).toEqual({ a: { x: 0, y: 0 }, b: { x: 200, y: 30 }, c: { x: 400, y: 10 } });
  expect(aligned([], 'spread')).toEqual({});
});
