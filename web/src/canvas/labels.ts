/** Where what is written on a passage stands: on its longest part, clear of steps and of other labels. */
import { Columns } from './columns';
import type { Box, Point } from './graph';

export const labelWidth = (text: string) => (text ? text.length * 5.9 + 10 : 0);
const HEIGHT = 18;
const PLACES = [0.5, 0.36, 0.64, 0.22, 0.78];

export interface Labelled {
  id: string;
  text: string;
  points: readonly Point[];
}
export function placeLabels(labels: readonly Labelled[], boxes: Iterable<Box>): Map<string, Point> {
  const taken = new Columns<Box>();
  const take = (box: Box) => taken.add(box, box.x, box.x + box.w);
  const clear = (wanted: Box) => {
    let found = true;
    taken.each(wanted.x, wanted.x + wanted.w, (box) => (found &&= !overlap(box, wanted)));
    return found;
  };
  for (const box of boxes) take(box);
  const out = new Map<string, Point>();
  for (const { id, text, points } of labels) {
    const width = Math.max(34, labelWidth(text));
    const around = ({ x, y }: Point): Box => ({ x: x - width / 2, y: y - HEIGHT / 2, w: width, h: HEIGHT });
    const all = places(points);
    const at = all.find((point) => clear(around(point))) ?? all[0] ?? { x: 0, y: 0 };
    take(around(at));
    out.set(id, at);
  }
  return out;
}
/** Points along the segments, the longest segment first. */
function places(points: readonly Point[]): Point[] {
  const parts = points.slice(1).map((to, index) => ({ from: points[index]!, to }));
  const length = ({ from, to }: (typeof parts)[number]) => Math.hypot(to.x - from.x, to.y - from.y);
  return [...parts]
    .sort((a, b) => length(b) - length(a))
    .flatMap(({ from, to }) =>
      PLACES.map((share) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })),
    );
}
const overlap = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
