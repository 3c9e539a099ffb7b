/** What of a map is in sight: folded branches, one branch alone, and what is looked for by its words. */
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { above, leadsTo, narrowed, under } from '@/canvas/branch';
import type { Graph } from '@/canvas/graph';
import { folded } from './texts';

const NONE: ReadonlySet<string> = new Set();
export function useSeen(whole: Graph, selected: string | null) {
  const [folds, setFolds] = useState(NONE);
  const [branch, setBranch] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const found = useMemo(() => matching(whole, words), [whole, words]);
  const hidden = useMemo(
    () => hiding(whole, folds, found ?? (selected ? [selected] : [])),
    [whole, folds, found, selected],
  );
  const graph = useMemo(() => {
    const open = hidden.length ? new Set([...folds].filter((id) => !hidden.includes(id))) : folds;
    return standOut(narrowed(whole, { folds: open, branch }), found);
  }, [whole, folds, hidden, branch, found]);
  const label = (id: string | null) => whole.steps.find((step) => step.id === id)?.label ?? '';
  const isStep = whole.steps.some((step) => step.id === selected);
  useEffect(() => {
    if (!selected) return;
    if (!found && hidden.length) setFolds((known) => new Set([...known].filter((id) => !hidden.includes(id))));
    if (branch && isStep && selected !== branch && !leadsTo(whole, branch).has(selected)) setBranch(null);
  }, [selected, isStep, found, hidden, branch, whole]);
  /** Space folds, F shows the branch alone; says whether the key was for us. */
  const keys = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key.toLowerCase() === 'f' && (branch || isStep)) setBranch(branch ? null : selected);
    else if (event.key === ' ' && selected && isStep) setFolds((known) => toggled(known, selected));
    else return false;
    event.preventDefault();
    return true;
  };
  return { graph, folds, branch, label: label(branch), keys, showAll: () => setBranch(null), look: setWords };
}
export type Seen = ReturnType<typeof useSeen>;

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
/** The steps whose label has the words, null when nothing is looked for. */
export function matching(graph: Graph, words: string): string[] | null {
  const wanted = folded(words.trim());
  return wanted ? graph.steps.filter((step) => folded(step.label).includes(wanted)).map((step) => step.id) : null;
}
/** The folds under which some of these steps are. */
const hiding = (graph: Graph, folds: ReadonlySet<string>, ids: readonly string[]): string[] =>
  ids.length ? [...folds].filter((fold) => ids.some((id) => under(graph, fold).has(id))) : [];
/** What is looked for stands out, on a tree with what it lies under. */
function standOut(graph: Graph, found: readonly string[] | null): Graph {
  if (!found) return graph;
  const shown = new Set([...found, ...(graph.tree ? above(graph, found) : [])]);
  return { ...graph, steps: graph.steps.map((step) => (shown.has(step.id) ? step : { ...step, aside: true })) };
}
