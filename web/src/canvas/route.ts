/** Orthogonal routes between boxes: candidates are drawn, the cheapest is kept. */
import { Columns } from './columns';
import type { Box, GraphFlow, Point } from './graph';

interface Segment {
  vertical: boolean;
  at: number;
  from: number;
  to: number;
}
const CLEAR = 6;
/** Lines closer than that run together. */
const BESIDE = 8;
const COST = { bend: 26, length: 0.3, box: 420, ownBox: 2000, overlap: 1.4, share: 20, cross: 14 };

export function route(
  flows: readonly GraphFlow[],
  boxes: ReadonlyMap<string, Box>,
  channels: readonly number[],
  back: ReadonlySet<string>,
): Map<string, Point[]> {
  const taken: Taken = { boxes: new Columns(), drawn: new Columns() };
  for (const [id, box] of boxes) taken.boxes.add({ id, box }, box.x, box.x + box.w);
  const routes = new Map<string, Point[]>();
  const known = flows.filter((flow) => boxes.has(flow.source) && boxes.has(flow.target) && flow.source !== flow.target);
  const distance = (flow: GraphFlow) => {
    const a = boxes.get(flow.source)!;
    const b = boxes.get(flow.target)!;
    return Math.abs(b.x - a.x) + Math.abs(b.y - a.y) / 2 + (back.has(flow.id) ? 1e5 : 0);
  };
  for (const flow of [...known].sort((a, b) => distance(a) - distance(b))) {
    const a = boxes.get(flow.source)!;
    const b = boxes.get(flow.target)!;
    let best: Point[] = straight(a, b);
    let least = Infinity;
    for (const points of candidates(a, b, channels, back.has(flow.id))) {
      if (bare(points) >= least) continue;
      const cost = price(points, flow, taken, least);
      if (cost < least) [least, best] = [cost, points];
    }
    routes.set(flow.id, best);
    for (const segment of segments(best)) taken.drawn.add(segment, ...span(segment));
  }
  return routes;
}

/** What routes keep clear of: the boxes, and the routes that are drawn already. */
interface Taken {
  boxes: Columns<{ id: string; box: Box }>;
  drawn: Columns<Segment>;
}
/** From where to where a segment runs, from left to right. */
const span = ({ vertical, at, from, to }: Segment): [number, number] => (vertical ? [at, at] : [from, to]);
const middle = (box: Box): Point => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });
const straight = (a: Box, b: Box): Point[] => [
  { x: a.x + a.w, y: middle(a).y },
  { x: b.x, y: middle(b).y },
];
const path = (...flat: number[]): Point[] =>
  Array.from({ length: flat.length / 2 }, (_, index) => ({ x: flat[2 * index]!, y: flat[2 * index + 1]! }));

function* candidates(a: Box, b: Box, channels: readonly number[], back: boolean): Generator<Point[]> {
  const ay = middle(a).y;
  const by = middle(b).y;
  const near = channels.filter((y) => Math.abs(y - ay) < 420 || Math.abs(y - by) < 420);
  if (!back) yield* forward(a, b, near);
  for (const y of near)
    for (const share of [0.5, 0.35, 0.65])
      for (const other of [0.5, 0.65, 0.35]) {
        if (Math.abs(y - ay) <= a.h / 2 + 3 || Math.abs(y - by) <= b.h / 2 + 3) continue;
        const x1 = a.x + a.w * share;
        const x2 = b.x + b.w * other;
        yield path(x1, y < ay ? a.y : a.y + a.h, x1, y, x2, y, x2, y < by ? b.y : b.y + b.h);
      }
}

function* forward(a: Box, b: Box, near: readonly number[]): Generator<Point[]> {
  const ay = middle(a).y;
  const by = middle(b).y;
  const right = a.x + a.w;
  const level = Math.abs(ay - by) < 2;
  if (level && b.x > right) yield straight(a, b);
  for (const gap of [14, 22, 30, 38]) {
    if (level || b.x - right <= gap + 10) continue;
    yield path(right, ay, right + gap, ay, right + gap, by, b.x, by);
    yield path(right, ay, b.x - gap, ay, b.x - gap, by, b.x, by);
  }
  if (Math.abs(ay - by) > a.h / 2 + 6)
    for (const share of [0.5, 0.62, 0.38, 0.74, 0.26, 0.86]) {
      const x = a.x + a.w * share;
      if (x < b.x - 12) yield path(x, by > ay ? a.y + a.h : a.y, x, by, b.x, by);
    }
  for (const y of near) {
    for (const gap of [12, 24])
      if (b.x - right > 12) {
        const end = b.x - 14 - gap / 2;
        yield path(right, ay, right + gap, ay, right + gap, y, end, y, end, by, b.x, by);
      }
    if (Math.abs(y - ay) <= a.h / 2 + 3) continue;
    for (const share of [0.5, 0.7, 0.3]) {
      const x = a.x + a.w * share;
      yield path(x, y < ay ? a.y : a.y + a.h, x, y, b.x - 16, y, b.x - 16, by, b.x, by);
    }
  }
}

export function segments(points: readonly Point[]): Segment[] {
  return points.slice(1).map((point, index) => {
    const last = points[index]!;
    const vertical = Math.abs(last.x - point.x) < 0.5;
    const [p, q] = vertical ? [last.y, point.y] : [last.x, point.x];
    return { vertical, at: vertical ? last.x : last.y, from: Math.min(p, q), to: Math.max(p, q) };
  });
}
/** Does a segment run through a box grown by `clear`? */
export function runsThrough(segment: Segment, box: Box, clear: number): boolean {
  const [start, size, along, length] = segment.vertical ? [box.x, box.w, box.y, box.h] : [box.y, box.h, box.x, box.w];
  return (
    segment.at > start - clear &&
    segment.at < start + size + clear &&
    segment.from < along + length + clear &&
    segment.to > along - clear
  );
}
/** What a route costs where nothing is in its way. */
function bare(points: readonly Point[]): number {
  let cost = (points.length - 2) * COST.bend;
  for (let n = 1; n < points.length; n++)
    cost += (Math.abs(points[n]!.x - points[n - 1]!.x) + Math.abs(points[n]!.y - points[n - 1]!.y)) * COST.length;
  return cost;
}
function price(points: readonly Point[], flow: GraphFlow, taken: Taken, limit: number): number {
  let cost = bare(points);
  for (const segment of segments(points)) {
    if (cost > limit) return cost;
    const [left, right] = span(segment);
    taken.boxes.each(left - CLEAR, right + CLEAR, ({ id, box }) => {
      const mine = id === flow.source || id === flow.target;
      if (runsThrough(segment, box, mine ? -2 : CLEAR)) cost += mine ? COST.ownBox : COST.box;
    });
    taken.drawn.each(left - BESIDE, right + BESIDE, (other) => (cost += meeting(segment, other)));
  }
  return cost;
}
function meeting(a: Segment, b: Segment): number {
  if (a.vertical === b.vertical) {
    const shared = Math.abs(a.at - b.at) < BESIDE ? Math.min(a.to, b.to) - Math.max(a.from, b.from) : 0;
    return shared > 0 ? COST.share + shared * COST.overlap : 0;
  }
  return b.at > a.from + 1 && b.at < a.to - 1 && a.at > b.from + 1 && a.at < b.to - 1 ? COST.cross : 0;
}

/** The path of a route with rounded corners. */
export function rounded(points: readonly Point[], radius = 9): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let out = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const before = points[index]!;
    const after = rest[index + 1];
    if (!after) {
      out += `L${corner.x} ${corner.y}`;
      return;
    }
    const near = towards(corner, before, radius);
    const far = towards(corner, after, radius);
    out += `L${near.x} ${near.y}Q${corner.x} ${corner.y} ${far.x} ${far.y}`;
  });
  return out;
}
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(0.5, distance / length);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
