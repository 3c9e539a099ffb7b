/** Where what is written on a passage stands: on its longest part, clear of steps and of other labels. */
import { Columns } from './columns';
import type { Box, Point } from './graph';

export const labelWidth = (text: string) => (text ? text.length * 5.9 + 10 : 0);
/** Half the height of what is measured, on the line itself; the words stand above it, or below where there is no room. */
const HALF = 9;
const WORDS = 14;
const PLACES = [0.5, 0.36, 0.64, 0.22, 0.78];

export interface Labelled {
  id: string;
  /** The words of the passage. */
  text: string;
  /** What is measured on it. */
  said?: string;
  points: readonly Point[];
}
/** A point of the line, and how far from it the words are written. */
export interface Place extends Point {
  words: number;
}
export function placeLabels(labels: readonly Labelled[], boxes: Iterable<Box>): Map<string, Place> {
  const taken = new Columns<Box>();
  const take = (box: Box) => taken.add(box, box.x, box.x + box.w);
  const clear = (wanted: Box) => {
    let found = true;
    taken.each(wanted.x, wanted.x + wanted.w, (box) => (found &&= !overlap(box, wanted)));
    return found;
  };
  for (const box of boxes) take(box);
  const out = new Map<string, Place>();
  for (const { id, text, said = '', points } of labels) {
    const width = Math.max(34, labelWidth(text), labelWidth(said));
    const half = said ? HALF : 0;
    const tall = (said ? HALF * 2 : 0) + (text ? WORDS : 0);
    const around = ({ x, y, words }: Place): Box => ({
      x: x - width / 2,
      y: words < 0 ? y + half - tall : y - half,
      w: width,
      h: tall,
    });
    const at = places(points);
    const above = at.map((point) => ({ ...point, words: said ? -12 : -5 }));
    const below = at.map((point) => ({ ...point, words: said ? 20 : 13 }));
    const all = text ? [...above, ...below] : above;
    const chosen = all.find((place) => clear(around(place))) ?? all[0] ?? { x: 0, y: 0, words: 0 };
    if (tall) take(around(chosen));
    out.set(id, chosen);
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
