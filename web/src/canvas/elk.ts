/** Dense maps: ELK picks the columns, our lanes are packed, ELK again routes around what was placed. */
import ELK, { type ELK as Engine, type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js';
import worker from 'elkjs/lib/elk-worker.min.js?url';
import { type Graph, type Point, sizeOf } from './graph';
import { backFlows, bandsOf, type Laid, type LaneBand, phaseBands, rerouted, ROW, STEP_HEIGHT } from './layout';

let engine: Engine | null = null;
const COLUMN = 226;
const LAYERED = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.separateConnectedComponents': 'false',
};
const ROUTED = {
  ...LAYERED,
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.interactive': 'true',
  'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
  'elk.layered.layering.strategy': 'INTERACTIVE',
  'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
  'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
  'elk.layered.spacing.nodeNodeBetweenLayers': '46',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '8',
  'elk.spacing.nodeNode': '12',
};

export async function layOutDense(graph: Graph, placed: ReadonlyMap<string, Point>): Promise<Laid> {
  engine ??= new ELK({ workerUrl: worker });
  const back = backFlows(graph);
  const cells = await columnsOf(engine, graph, back);
  const depth = new Map(graph.lanes.map((lane) => [lane.id, 1]));
  for (const cell of cells.values()) depth.set(cell.lane, Math.max(depth.get(cell.lane) ?? 1, cell.steps.length));
  const lanes = bandsOf(graph, (lane) => depth.get(lane) ?? 1);
  const routed: ElkNode = await engine.layout({
    id: 'root',
    layoutOptions: ROUTED,
    children: placedIn(graph, cells, lanes),
    edges: known(graph).map((flow) => ({ id: flow.id, sources: [flow.source], targets: [flow.target] })),
  });
  const boxes = new Map(
    routed.children!.map((each) => [each.id, { x: each.x!, y: each.y!, w: each.width!, h: each.height! }]),
  );
  const routes = new Map<string, Point[]>();
  for (const { id, sections } of routed.edges as ElkExtendedEdge[]) {
    const [drawn] = sections ?? [];
    if (drawn) routes.set(id, [drawn.startPoint, ...(drawn.bendPoints ?? []), drawn.endPoint]);
  }
  const laid = {
    boxes,
    lanes,
    routes,
    back,
    phases: phaseBands(graph, boxes),
    width: routed.width!,
    height: routed.height!,
  };
  return rerouted(laid, graph, placed);
}
const known = (graph: Graph) => {
  const ids = new Set(graph.steps.map((step) => step.id));
  return graph.flows.filter((flow) => flow.source !== flow.target && ids.has(flow.source) && ids.has(flow.target));
};
interface Cell {
  lane: string;
  column: number;
  steps: string[];
}
/** First pass: which column each step stands in, phases from left to right. */
async function columnsOf(elk: Engine, graph: Graph, back: ReadonlySet<string>): Promise<Map<string, Cell>> {
  const rank = new Map(graph.phases.map((phase, index) => [phase.id, index]));
  const first: ElkNode = await elk.layout({
    id: 'root',
    layoutOptions: {
      ...LAYERED,
      'elk.partitioning.activate': 'true',
      'elk.layered.layering.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.spacing.nodeNodeBetweenLayers': '40',
    },
    children: graph.steps.map((step) => ({
      id: step.id,
      width: 172,
      height: STEP_HEIGHT,
      layoutOptions: { 'elk.partitioning.partition': String(rank.get(step.phase) ?? 0) },
    })),
    edges: known(graph)
      .filter((flow) => !back.has(flow.id))
      .map((flow) => ({ id: flow.id, sources: [flow.source], targets: [flow.target] })),
  });
  const xs = [...new Set(first.children!.map((each) => Math.round(each.x!)))].sort((a, b) => a - b);
  const at = new Map(first.children!.map((each) => [each.id, { column: xs.indexOf(Math.round(each.x!)), y: each.y! }]));
  const cells = new Map<string, Cell>();
  for (const step of [...graph.steps].sort((a, b) => at.get(a.id)!.y - at.get(b.id)!.y)) {
    const { column } = at.get(step.id)!;
    const key = `${step.lane}:${column}`;
    const cell = cells.get(key) ?? { lane: step.lane, column, steps: [] };
    cell.steps.push(step.id);
    cells.set(key, cell);
  }
  return cells;
}
function placedIn(graph: Graph, cells: ReadonlyMap<string, Cell>, lanes: readonly LaneBand[]): ElkNode[] {
  const band = new Map(lanes.map((lane) => [lane.id, lane]));
  const byId = new Map(graph.steps.map((step) => [step.id, step]));
  return [...cells.values()].flatMap((cell) =>
    cell.steps.map((id, index) => {
      const [width, height] = sizeOf(byId.get(id)!);
      const lane = band.get(cell.lane);
      const middle = lane ? lane.y + lane.h / 2 : 0;
      return {
        id,
        width,
        height,
        x: cell.column * COLUMN + (172 - width) / 2,
        y: middle + (index - (cell.steps.length - 1) / 2) * ROW - height / 2,
      };
    }),
  );
}
