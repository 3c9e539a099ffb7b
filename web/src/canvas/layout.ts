/** Lanes × phases: where each step stands when nobody has placed it. */
import { type Box, type Graph, type GraphStep, type Point, sizeOf } from './graph';
import { labelWidth } from './labels';
import { route } from './route';

export interface LaneBand {
  id: string;
  y: number;
  h: number;
}
export interface PhaseBand {
  id: string;
  label: string;
  x: number;
}
export interface Laid {
  boxes: Map<string, Box>;
  lanes: LaneBand[];
  phases: PhaseBand[];
  routes: Map<string, Point[]>;
  back: Set<string>;
  width: number;
  height: number;
}
const ROW = 100;
const PAD = 18;
export const STEP_HEIGHT = 62;
const AFTER_SAME_LANE = 56;
const AFTER_OTHER_LANE = 46;
const TIGHT = 20;
/** The canvas of an ordinary window, beside its panel. */
const VIEW = { w: 820, h: 600 };
const BESIDE = 36;
const LABEL_ROOM = 26;

export function layOut(graph: Graph, placed: ReadonlyMap<string, Point> = new Map()): Laid {
  const back = backFlows(graph);
  const { boxes, rows } = columns(graph, back);
  if (graph.tight) fold(boxes, rows);
  const lanes = bandsOf(graph, (lane) => rows.get(lane)?.ends.length || 1);
  const laneY = new Map(lanes.map((lane) => [lane.id, lane.y]));
  for (const step of graph.steps) {
    const box = boxes.get(step.id)!;
    box.y = (laneY.get(step.lane) ?? 0) + PAD + 2 + box.y * ROW + (STEP_HEIGHT - box.h) / 2;
    const point = placed.get(step.id);
    if (point) Object.assign(box, point);
  }
  const width = Math.max(200, ...[...boxes.values()].map((box) => box.x + box.w));
  const channels = lanes.flatMap((lane) => channelsOf(lane, rows.get(lane.id)?.ends.length || 1));
  return {
    boxes,
    lanes,
    phases: phaseBands(graph, boxes),
    routes: route(graph.flows, boxes, channels, back),
    back,
    width,
    height: Math.max(bottom(lanes), ...[...boxes.values()].map((box) => box.y + box.h)),
  };
}

/** Breaks what is long into lines, one under the other, as many as make the whole the largest in an ordinary view. */
function fold(boxes: ReadonlyMap<string, Box>, rows: ReadonlyMap<string, { ends: number[] }>) {
  const lane = [...rows.values()][0];
  if (!lane || rows.size > 1) return;
  const all = [...boxes.values()];
  const folds = [1, 2, 3, 4, 5, 6].map((lines) => linesOf(all, lines));
  const zoom = ({ width, rows: tall }: Folded) => Math.min(VIEW.w / width, VIEW.h / (tall * ROW));
  const best = folds.reduce((known, one) => (zoom(one) > zoom(known) ? one : known));
  for (const [box, x, y] of best.places) Object.assign(box, { x, y });
  lane.ends.length = best.rows;
}
interface Folded {
  places: [Box, number, number][];
  width: number;
  rows: number;
}
/** Where boxes stand in so many lines; rows that a line does not use are left out. */
function linesOf(all: readonly Box[], lines: number): Folded {
  const long = Math.max(...all.map((box) => box.x + box.w));
  const found: Folded = { places: [], width: 0, rows: 0 };
  for (let line = 0; line < lines; line++) {
    const here = all.filter(({ x, w }) => Math.min(Math.floor(((x + w / 2) * lines) / long), lines - 1) === line);
    const left = Math.min(...here.map((box) => box.x));
    const used = [...new Set(here.map((box) => box.y))].sort((a, b) => a - b);
    for (const box of here) {
      found.places.push([box, box.x - left, found.rows + used.indexOf(box.y)]);
      found.width = Math.max(found.width, box.x - left + box.w);
    }
    found.rows += used.length;
  }
  return found;
}

/** The lanes from top to bottom, each as tall as its rows. */
function bandsOf(graph: Graph, rows: (lane: string) => number): LaneBand[] {
  let y = 0;
  return graph.lanes.map((lane) => {
    const band = { id: lane.id, y, h: rows(lane.id) * ROW - (ROW - STEP_HEIGHT) + PAD * 2 + 12 };
    y += band.h;
    return band;
  });
}
const bottom = (lanes: readonly LaneBand[]) => (lanes.at(-1)?.y ?? 0) + (lanes.at(-1)?.h ?? 0);

/** The free horizontal tracks of a lane: above, between and below its rows. */
function channelsOf(lane: LaneBand, rows: number): number[] {
  return Array.from({ length: rows + 1 }, (_, index) => {
    const nudge = index === 0 ? 8 : index === rows ? -8 : 0;
    return lane.y + PAD + 2 + index * ROW - (ROW - STEP_HEIGHT) / 2 + nudge;
  });
}

function phaseBands(graph: Graph, boxes: ReadonlyMap<string, Box>): PhaseBand[] {
  return graph.phases.flatMap((phase) => {
    const xs = graph.steps.filter((step) => step.phase === phase.id).map((step) => boxes.get(step.id)!.x);
    return xs.length ? [{ ...phase, x: Math.min(...xs) - 22 }] : [];
  });
}

/** x by longest path; a step in another lane may start under the middle of its predecessor. y holds the row. */
function columns(graph: Graph, back: ReadonlySet<string>) {
  const byId = new Map(graph.steps.map((step) => [step.id, step]));
  const before = new Map<string, string[]>(graph.steps.map((step) => [step.id, []]));
  const said = new Map<string, number>();
  for (const flow of graph.flows)
    if (!back.has(flow.id)) {
      before.get(flow.target)?.push(flow.source);
      said.set(`${flow.source}>${flow.target}`, labelWidth(flow.label ?? '') + LABEL_ROOM);
    }
  const boxes = new Map<string, Box>();
  const rows = new Map<string, { ends: number[] }>(graph.lanes.map((lane) => [lane.id, { ends: [] }]));
  let phase = '';
  let floor = 0;
  for (const step of order(graph, before)) {
    if (step.phase !== phase) {
      if (phase) floor = Math.max(0, ...[...boxes.values()].map((box) => box.x + box.w * 0.62));
      phase = step.phase;
    }
    const [w, h] = sizeOf(step);
    let x = boxes.size ? floor : 0;
    let wanted = 0;
    for (const id of before.get(step.id)!) {
      const box = boxes.get(id);
      if (!box) continue;
      const same = byId.get(id)!.lane === step.lane;
      x = Math.max(
        x,
        same
          ? box.x + box.w + Math.max(graph.tight ? TIGHT : AFTER_SAME_LANE, said.get(`${id}>${step.id}`) ?? 0)
          : box.x + box.w / 2 + AFTER_OTHER_LANE,
      );
      if (same) wanted = box.y;
    }
    const lane = rows.get(step.lane) ?? { ends: [] };
    rows.set(step.lane, lane);
    const row = cheapestRow(lane.ends, x, wanted);
    x = Math.max(x, (lane.ends[row] ?? -Infinity) + BESIDE);
    lane.ends[row] = x + w;
    boxes.set(step.id, { x, y: row, w, h });
  }
  return { boxes, rows };
}
function cheapestRow(ends: number[], x: number, wanted: number): number {
  let best = 0;
  let least = Infinity;
  for (let row = 0; row <= ends.length; row++) {
    const push = Math.max(0, (ends[row] ?? -Infinity) + BESIDE - x);
    const cost = push + (row === wanted ? 0 : 30) + (row >= ends.length ? 130 : 0);
    if (cost < least) [least, best] = [cost, row];
  }
  return best;
}

/** Phases first, then what comes before what; a flow towards an earlier phase goes back. */
function order(graph: Graph, before: ReadonlyMap<string, string[]>): GraphStep[] {
  const rank = new Map(graph.phases.map((phase, index) => [phase.id, index]));
  const rankOf = (step: GraphStep) => rank.get(step.phase) ?? 0;
  const awaited = new Map(graph.steps.map((step) => [step.id, before.get(step.id)!.length]));
  const after = new Map<string, string[]>();
  for (const [id, sources] of before)
    for (const source of sources) after.set(source, [...(after.get(source) ?? []), id]);
  const left = new Set(graph.steps);
  const out: GraphStep[] = [];
  while (left.size) {
    let next: GraphStep | undefined;
    for (const step of left) if (!awaited.get(step.id) && (!next || rankOf(step) < rankOf(next))) next = step;
    next ??= [...left].reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a));
    left.delete(next);
    for (const id of after.get(next.id) ?? []) awaited.set(id, awaited.get(id)! - 1);
    out.push(next);
  }
  return out;
}

export function backFlows(graph: Graph): Set<string> {
  const rank = new Map(graph.phases.map((phase, index) => [phase.id, index]));
  const phaseOf = new Map(graph.steps.map((step) => [step.id, rank.get(step.phase) ?? 0]));
  const out = new Set<string>();
  const next = new Map<string, { id: string; target: string }[]>();
  for (const flow of graph.flows) {
    const backwards = (phaseOf.get(flow.target) ?? 0) < (phaseOf.get(flow.source) ?? 0);
    if (backwards || flow.source === flow.target || flow.undrawn) out.add(flow.id);
    else next.set(flow.source, [...(next.get(flow.source) ?? []), flow]);
  }
  const state = new Map<string, 'open' | 'closed'>();
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const flow of next.get(id) ?? []) {
      const seen = state.get(flow.target);
      if (seen === 'open') out.add(flow.id);
      else if (!seen) visit(flow.target);
    }
    state.set(id, 'closed');
  };
  for (const step of graph.steps) if (!state.has(step.id)) visit(step.id);
  return out;
}
