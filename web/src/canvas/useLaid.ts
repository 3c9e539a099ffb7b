/** Where everything stands: laid out again when what stands changes, not when it is measured or said otherwise. */
import { useMemo } from 'react';
import type { Graph, Point } from './graph';
import { type Laid, layOut } from './layout';
import { layOutTree } from './tree';

export const laidOut = (graph: Graph, placed?: ReadonlyMap<string, Point>): Laid =>
  graph.tree ? layOutTree(graph, placed) : layOut(graph, placed);

export function useLaid(graph: Graph, placed: ReadonlyMap<string, Point> | undefined): Laid {
  const standing = useMemo(() => standingOf(graph), [graph]);
  // What the layout reads of the graph is all in `standing`.
  return useMemo(() => laidOut(graph, placed), [standing, placed]);
}
const standingOf = ({ tree, lanes, phases, steps, flows }: Graph): string =>
  JSON.stringify([
    tree,
    lanes.map((lane) => lane.id),
    phases,
    steps.map(({ id, lane, phase, shape }) => [id, lane, phase, shape]),
    flows.map(({ id, source, target, label, undrawn }) => [id, source, target, label, undrawn]),
  ]);
