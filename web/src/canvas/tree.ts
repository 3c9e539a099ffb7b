/** A mind map: topics from left to right by how deep they lie, each beside the middle of what it holds. */
import { type Box, type Graph, type Point, sizeOf } from './graph';
import { backFlows, type Laid, STEP_HEIGHT } from './layout';

const COLUMN = 236;
const ROW = STEP_HEIGHT + 18;

export function layOutTree(graph: Graph, placed: ReadonlyMap<string, Point> = new Map()): Laid {
  const parents = new Map<string, string>();
  for (const flow of graph.flows)
    if (!parents.has(flow.target) && !above(flow.source, parents).includes(flow.target))
      parents.set(flow.target, flow.source);
  const held = new Map<string, string[]>();
  for (const step of graph.steps) {
    const parent = parents.get(step.id) ?? '';
    held.set(parent, [...(held.get(parent) ?? []), step.id]);
  }
  const boxes = new Map<string, Box>();
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  let row = 0;
  const stand = (id: string, depth: number): number => {
    const below = (held.get(id) ?? []).map((each) => stand(each, depth + 1));
    const y = below.length ? (below[0]! + below.at(-1)!) / 2 : row++ * ROW;
    const [w, h] = sizeOf(steps.get(id)!);
    boxes.set(id, { x: depth * COLUMN, y, w, h, ...placed.get(id) });
    return y;
  };
  for (const root of held.get('') ?? []) stand(root, 0);
  const all = [...boxes.values()];
  return {
    boxes,
    lanes: [],
    phases: [],
    routes: new Map(graph.flows.flatMap((flow) => branch(flow.id, boxes.get(flow.source), boxes.get(flow.target)))),
    back: backFlows(graph),
    width: Math.max(200, ...all.map((box) => box.x + box.w)),
    height: Math.max(STEP_HEIGHT, ...all.map((box) => box.y + box.h)),
  };
}
/** What a topic lies under, itself first. */
function above(id: string, parents: ReadonlyMap<string, string>): string[] {
  const out = [id];
  for (let next = parents.get(id); next !== undefined; next = parents.get(next)) out.push(next);
  return out;
}
function branch(id: string, from: Box | undefined, to: Box | undefined): [string, Point[]][] {
  if (!from || !to) return [];
  const start = { x: from.x + from.w, y: from.y + from.h / 2 };
  const end = { x: to.x, y: to.y + to.h / 2 };
  const half = (start.x + end.x) / 2;
  return [[id, [start, { x: half, y: start.y }, { x: half, y: end.y }, end]]];
}
