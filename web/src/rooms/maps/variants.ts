/** The variants of a process side by side: the same step under the same words, in the order of the first map. */
import type { MapDoc, Step } from '@/client/maps';

export interface Compared {
  label: string;
  /** The step of each variant, null where it has none. */
  steps: (Step | null)[];
  /** What the variants that have the step say otherwise there. */
  differs: Part[];
}
export const PARTS = [
  'lane',
  'actors',
  'information',
  'documents',
  'systems',
  'delays',
  'frictions',
  'criteria',
] as const;
export type Part = (typeof PARTS)[number];
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .trim()
    .toLowerCase();

export function compared(maps: readonly MapDoc[]): Compared[] {
  const rows = new Map<string, Compared>();
  maps.forEach((map, column) => {
    for (const step of map.steps.filter((each) => each.kind !== 'gateway')) {
      const row = rows.get(folded(step.label)) ?? { label: step.label, steps: maps.map(() => null), differs: [] };
      row.steps[column] ??= step;
      rows.set(folded(step.label), row);
    }
  });
  return [...rows.values()].map((row) => ({ ...row, differs: differing(maps, row.steps) }));
}
function differing(maps: readonly MapDoc[], steps: readonly (Step | null)[]): Part[] {
  const told = steps.flatMap((step, column) => (step ? [said(step, maps[column]!)] : []));
  return PARTS.filter((part) => new Set(told.map((each) => each[part])).size > 1);
}
/** What a step says, part by part, whatever its ids: a variant has ids of its own. */
function said(step: Step, map: MapDoc): Record<Part, string> {
  const labels = (things: readonly { label: string }[] = []) => things.map((each) => folded(each.label)).join('|');
  return {
    lane: folded(map.lanes.find((each) => each.id === step.lane)?.label ?? ''),
    actors: (step.actors ?? []).join('|'),
    information: labels(step.information),
    documents: labels(step.documents),
    systems: labels(step.systems),
    delays: JSON.stringify(step.delays ?? {}),
    frictions: labels(step.frictions),
    criteria: labels([...(step.entry ?? []), ...(step.exit ?? [])]),
  };
}
