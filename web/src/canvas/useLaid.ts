/** Where everything stands: our own lanes at once, ELK in a worker when the map is dense. */
import { useEffect, useMemo, useState } from 'react';
import type { Graph, Point } from './graph';
import { type Laid, layOut } from './layout';
import { layOutTree } from './tree';

export const DENSE = 60;
/** Null while a dense map is being laid out for the first time. */
export function useLaid(graph: Graph, placed: ReadonlyMap<string, Point> | undefined): Laid | null {
  const dense = graph.steps.length > DENSE && !graph.tree;
  const light = useMemo(
    () => (dense ? null : graph.tree ? layOutTree(graph, placed) : layOut(graph, placed)),
    [dense, graph, placed],
  );
  const [heavy, setHeavy] = useState<Laid | null>(null);
  useEffect(() => {
    if (!dense) return;
    let current = true;
    void import('./elk')
      .then(({ layOutDense }) => layOutDense(graph, placed ?? new Map()))
      .catch(() => layOut(graph, placed))
      .then((laid) => current && setHeavy(laid));
    return () => {
      current = false;
    };
  }, [dense, graph, placed]);
  return dense ? heavy : light;
}
