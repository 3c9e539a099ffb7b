/** What is seen of a graph: branches folded under the step they start from, or one branch alone. */
import type { Graph } from './graph';

export interface Narrowing {
  /** Steps whose branch is folded. */
  folds: ReadonlySet<string>;
  /** The step whose branch is shown alone. */
  branch: string | null;
}
export const WHOLE_GRAPH: Narrowing = { folds: new Set(), branch: null };

/** The steps that one leads to, itself left out unless it leads back to itself. */
export function leadsTo(graph: Graph, from: string): Set<string> {
  return reached(next(graph, 'source', 'target'), [from], null);
}
/** The steps that lead to one of these, without them. */
export function above(graph: Graph, ids: Iterable<string>): Set<string> {
  return reached(next(graph, 'target', 'source'), ids, null);
}
/** The steps that can only be reached through one: those that fold under it. */
export function under(graph: Graph, id: string): Set<string> {
  const ways = next(graph, 'source', 'target');
  const entered = new Set(drawn(graph).map((flow) => flow.target));
  const begins = graph.steps.filter((step) => step.begins || !entered.has(step.id)).map((step) => step.id);
  const others = begins.filter((each) => each !== id);
  const free = new Set([...others, ...reached(ways, others, id)]);
  return new Set([...reached(ways, [id], null)].filter((each) => each !== id && !free.has(each)));
}
/** The graph as it is seen, each folded step saying how many it hides. */
export function narrowed(graph: Graph, { folds, branch }: Narrowing): Graph {
  const alone = branch && graph.steps.some((step) => step.id === branch) ? branch : null;
  if (folds.size === 0 && !alone) return graph;
  const seen = alone ? new Set([alone, ...leadsTo(graph, alone)]) : new Set(graph.steps.map((step) => step.id));
  const hides = new Map([...folds].filter((id) => seen.has(id)).map((id) => [id, under(graph, id)]));
  for (const hidden of hides.values()) for (const id of hidden) if (id !== alone) seen.delete(id);
  return {
    ...graph,
    steps: graph.steps
      .filter((step) => seen.has(step.id))
      .map((step) => (hides.get(step.id)?.size ? { ...step, folded: hides.get(step.id)!.size } : step)),
    flows: graph.flows.filter((flow) => seen.has(flow.source) && seen.has(flow.target)),
  };
}
const drawn = (graph: Graph) => graph.flows.filter((flow) => !flow.undrawn && flow.source !== flow.target);
type End = 'source' | 'target';
function next(graph: Graph, from: End, to: End): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  for (const flow of drawn(graph)) {
    const known = ways.get(flow[from]);
    if (known) known.push(flow[to]);
    else ways.set(flow[from], [flow[to]]);
  }
  return ways;
}
function reached(ways: ReadonlyMap<string, string[]>, from: Iterable<string>, closed: string | null): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  while (open.length)
    for (const id of ways.get(open.pop()!) ?? [])
      if (id !== closed && !found.has(id)) {
        found.add(id);
        open.push(id);
      }
  return found;
}
