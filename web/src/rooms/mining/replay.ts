/** Where a case stands on the map at a moment: on a step, or on its way along a passage. */
import type { Point } from '@/canvas/graph';
import type { Dots } from './dots';

export interface Stage {
  middles: ReadonlyMap<string, Point>;
  /** The routes of the passages that are drawn, by `source>target`. */
  routes: ReadonlyMap<string, readonly Point[]>;
}
/** A point of a line, at a share of its length. */
export function along(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map((point, n) => Math.hypot(point.x - points[n]!.x, point.y - points[n]!.y));
  let left = lengths.reduce((sum, one) => sum + one, 0) * Math.min(1, Math.max(0, share));
  for (let n = 0; n < lengths.length; n++) {
    const length = lengths[n]!;
    if (left <= length && length > 0) {
      const [a, b] = [points[n]!, points[n + 1]!];
      return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
    }
    left -= length;
  }
  return points.at(-1)!;
}
/** Where somebody is who goes from one step to another; nowhere when the drawing has neither. */
export function between(stage: Stage, source: string, target: string, share: number): Point | null {
  const route = stage.routes.get(`${source}>${target}`);
  if (route && share > 0 && share < 1) return along(route, share);
  const [a, b] = [stage.middles.get(source), stage.middles.get(target)];
  return (share < 0.5 ? (a ?? b) : (b ?? a)) ?? null;
}
/** How long the moves of many cases take, in seconds: all but the longest twentieth, begun at once; or the log. */
export function spanOf(dots: Dots, together: boolean): number {
  if (!together) return Math.max(1, ...dots.at);
  const lengths = dots.cases.map((_, row) => dots.at[dots.offsets[row + 1]! - 1]! - dots.at[dots.offsets[row]!]!);
  lengths.sort((a, b) => a - b);
  return Math.max(1, lengths[Math.floor((lengths.length - 1) * 0.95)] ?? 1);
}
/** Where the cases are at a moment, those that are under way. */
export function placesAt(dots: Dots, stage: Stage, seconds: number, together: boolean): { row: number; at: Point }[] {
  const found: { row: number; at: Point }[] = [];
  for (let row = 0; row < dots.cases.length; row++) {
    const [first, last] = [dots.offsets[row]!, dots.offsets[row + 1]! - 1];
    const now = seconds + (together ? dots.at[first]! : 0);
    if (now < dots.at[first]! || now > dots.at[last]!) continue;
    let low = first;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (dots.at[middle]! <= now) low = middle;
      else high = middle - 1;
    }
    const next = Math.min(last, low + 1);
    const wait = dots.at[next]! - dots.at[low]!;
    const [source, target] = [dots.steps[dots.step[low]!]!.id, dots.steps[dots.step[next]!]!.id];
    const at = between(stage, source, target, wait > 0 ? (now - dots.at[low]!) / wait : 0);
    if (at) found.push({ row, at });
  }
  return found;
}
