/** The variants of a process side by side: the same step under the same words, in the order of the first map. */
import type { MapDoc, Step } from '@/client/maps';

export interface Compared {
  label: string;
  /** The step of each variant, null where it has none. */
  steps: (Step | null)[];
}
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
      const row = rows.get(folded(step.label)) ?? { label: step.label, steps: maps.map(() => null) };
      row.steps[column] ??= step;
      rows.set(folded(step.label), row);
    }
  });
  return [...rows.values()];
}
