/** The events of a log as dots: where each stands in time and among the cases, and which is nearest to a place. */
import type { Shape } from '@/client/api';

export type Dots = Shape<'DotsAnswer'>;
export type Axis = 'time' | 'since';
export type Order = 'begin' | 'length';

/** Steps that have a colour of their own, the most frequent ones; the others share the last. */
export const HUES = 11;
/** Where each dot stands, as shares of the width and of the height. */
export interface Cloud {
  /** Which case, by its row among those shown, stands on each line. */
  lines: number[];
  x: Float64Array;
  line: Int32Array;
  /** The seconds that the width stands for. */
  span: number;
}
export function cloudOf(dots: Dots, axis: Axis, order: Order): Cloud {
  const { offsets, at } = dots;
  const begin = (row: number) => at[offsets[row]!] ?? 0;
  const length = (row: number) => (at[offsets[row + 1]! - 1] ?? 0) - begin(row);
  const lines = dots.cases.map((_, row) => row);
  const rank = order === 'begin' ? begin : length;
  lines.sort((a, b) => rank(a) - rank(b) || a - b);
  let span = 1;
  for (const row of lines) span = Math.max(span, axis === 'time' ? begin(row) + length(row) : length(row));
  const x = new Float64Array(at.length);
  const line = new Int32Array(at.length);
  lines.forEach((row, place) => {
    const zero = axis === 'time' ? 0 : begin(row);
    for (let n = offsets[row]!; n < offsets[row + 1]!; n++) {
      x[n] = (at[n]! - zero) / span;
      line[n] = place;
    }
  });
  return { lines, x, line, span };
}
/** The colour of each step: the most frequent ones have their own. */
export function huesOf(dots: Dots): number[] {
  const ranked = dots.steps.map((_, code) => code).sort((a, b) => dots.steps[b]!.cases - dots.steps[a]!.cases || a - b);
  const hues = dots.steps.map(() => HUES);
  ranked.slice(0, HUES).forEach((code, rank) => (hues[code] = rank));
  return hues;
}
/** The dot nearest to a place on a canvas of that size, within some pixels. */
export function nearest(
  cloud: Cloud,
  place: { x: number; y: number },
  size: { w: number; h: number },
  within = 14,
): number | null {
  const tall = size.h / Math.max(1, cloud.lines.length);
  let best: number | null = null;
  let least = within ** 2;
  for (let n = 0; n < cloud.x.length; n++) {
    const dx = cloud.x[n]! * size.w - place.x;
    if (dx > within || dx < -within) continue;
    const dy = (cloud.line[n]! + 0.5) * tall - place.y;
    const far = dx * dx + dy * dy;
    if (far < least) [least, best] = [far, n];
  }
  return best;
}
/** The dot beside another one: along its case, or on the line above or below. */
export function beside(dots: Dots, cloud: Cloud, from: number, way: 'left' | 'right' | 'up' | 'down'): number {
  const row = cloud.lines[cloud.line[from]!]!;
  if (way === 'left') return Math.max(dots.offsets[row]!, from - 1);
  if (way === 'right') return Math.min(dots.offsets[row + 1]! - 1, from + 1);
  const line = Math.min(cloud.lines.length - 1, Math.max(0, cloud.line[from]! + (way === 'up' ? -1 : 1)));
  const next = cloud.lines[line]!;
  let best = dots.offsets[next]!;
  for (let n = best; n < dots.offsets[next + 1]!; n++)
    if (Math.abs(cloud.x[n]! - cloud.x[from]!) < Math.abs(cloud.x[best]! - cloud.x[from]!)) best = n;
  return best;
}
/** The case that a dot belongs to, by its row. */
export const rowOf = (cloud: Cloud, dot: number): number => cloud.lines[cloud.line[dot]!]!;
