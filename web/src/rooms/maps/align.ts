/** Putting boxes in line: one row, one column, or the same distance apart. */
import type { Box } from '@/canvas/graph';
import type { Places } from './model';

export type Alignment = 'row' | 'column' | 'spread';
type Held = Box & { id: string };

export function aligned(boxes: readonly Held[], way: Alignment): Places {
  const first = boxes[0];
  if (!first) return {};
  const middle = (box: Box) => box.y + box.h / 2;
  const centre = (box: Box) => box.x + box.w / 2;
  if (way === 'row') return placesOf(boxes, (box) => ({ x: box.x, y: middle(first) - box.h / 2 }));
  if (way === 'column') return placesOf(boxes, (box) => ({ x: centre(first) - box.w / 2, y: box.y }));
  return apart(boxes);
}
/** The same gap between all, along the way they already lie. */
function apart(boxes: readonly Held[]): Places {
  const wide = span(boxes, 'x') >= span(boxes, 'y');
  const [at, size] = wide ? (['x', 'w'] as const) : (['y', 'h'] as const);
  const sorted = [...boxes].sort((a, b) => a[at] - b[at]);
  const last = sorted.at(-1)!;
  const room = last[at] + last[size] - sorted[0]![at] - sorted.reduce((sum, box) => sum + box[size], 0);
  const gap = room / Math.max(1, sorted.length - 1);
  let next = sorted[0]![at];
  return placesOf(sorted, (box) => {
    const place = { x: box.x, y: box.y, [at]: next };
    next += box[size] + gap;
    return place;
  });
}
const span = (boxes: readonly Held[], at: 'x' | 'y') =>
  Math.max(...boxes.map((box) => box[at])) - Math.min(...boxes.map((box) => box[at]));
const placesOf = (boxes: readonly Held[], place: (box: Held) => { x: number; y: number }): Places =>
  Object.fromEntries(boxes.map((box) => [box.id, place(box)]));
