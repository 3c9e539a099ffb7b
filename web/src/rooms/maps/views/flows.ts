/** Where each information of a map is born, used, stored, and typed again. */
import type { Information, MapDoc, Step } from '@/client/maps';

export interface Stop {
  step: Step;
  use: 'produced' | 'used';
  /** Typed again although an earlier step produced it. */
  again: boolean;
}
export interface Flow {
  key: string;
  label: string;
  /** The field that holds it: one that exists, one to be, or none. */
  field: 'existing' | 'to_be' | 'no_field';
  stops: Stop[];
  said: Record<'born' | 'circulates' | 'stored' | 'breaks', string[]>;
  /** Steps where it is typed again: produced a second time, or kept in one more place. */
  again: Step[];
}
const SAID = ['born', 'circulates', 'stored', 'breaks'] as const;
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .trim()
    .toLowerCase();
/** Two steps speak of the same information when they name the same field, else the same words. */
const keyOf = (entry: Information) => (entry.field ? `field:${entry.field}` : folded(entry.label));

export function flowsOf(map: MapDoc): Flow[] {
  const found = new Map<string, { step: Step; entry: Information }[]>();
  for (const step of map.steps)
    for (const entry of step.information ?? [])
      found.set(keyOf(entry), [...(found.get(keyOf(entry)) ?? []), { step, entry }]);
  const flows = [...found].map(([key, places]) => flowOf(key, places));
  return flows.sort((a, b) => b.again.length - a.again.length || b.said.breaks.length - a.said.breaks.length);
}
function flowOf(key: string, places: { step: Step; entry: Information }[]): Flow {
  const stored = new Set<string>();
  let produced = false;
  const stops = places.map(({ step, entry }): Stop => {
    const use = entry.use ?? 'produced';
    const place = folded(entry.stored ?? '');
    const moved = place !== '' && stored.size > 0 && !stored.has(place);
    const again = use === 'produced' ? produced : moved;
    if (place) stored.add(place);
    produced ||= use === 'produced';
    return { step, use, again };
  });
  const entries = places.map((each) => each.entry);
  const said = Object.fromEntries(
    SAID.map((what) => [what, [...new Set(entries.flatMap((each) => each[what]?.trim() || []))]]),
  ) as Flow['said'];
  const field = entries.some((each) => each.field)
    ? 'existing'
    : entries.some((each) => each.type)
      ? 'to_be'
      : 'no_field';
  const again = stops.filter((each) => each.again).map((each) => each.step);
  return { key, label: entries[0]!.label, field, stops, said, again };
}
