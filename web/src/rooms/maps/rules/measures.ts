/** What a map says is counted, as it is drawn. Pure. */
import type { Shape } from '@/client/api';
import type { Condition, MapDoc } from '@/client/maps';

type Whole = Shape<'DrawnMeasure'>;
export type DrawnMeasure = Pick<Whole, 'id' | 'label'> &
  Partial<Omit<Whole, 'condition' | 'part'>> & { condition?: Condition | null; part?: Condition | null };

export const HOWS = ['count', 'sum', 'mean', 'median', 'rate', 'time', 'conversion'] as const;
export const PERIODS = ['month', 'days30', 'quarter', 'year'] as const;
/** What each way of counting asks for beside the records. */
export const NEEDS: Record<(typeof HOWS)[number], readonly ('field' | 'until' | 'part')[]> = {
  count: [],
  sum: ['field'],
  mean: ['field'],
  median: ['field'],
  rate: ['part'],
  time: ['field', 'until'],
  conversion: [],
};
export const measuresOf = (map: MapDoc) => (map.measures as DrawnMeasure[] | undefined) ?? [];
/** What is counted at a step or a passage, or, at none, on the whole map. */
export const measuresAt = (map: MapDoc, element: string | null) =>
  measuresOf(map).filter((each) => (each.element ?? null) === element);
/** The map with these measures at an element: the others stay where they are, new ones come last. */
export function withMeasures(map: MapDoc, element: string | null, items: readonly DrawnMeasure[]): MapDoc {
  const next = new Map(items.map((each) => [each.id, { ...each, element }]));
  const known = measuresOf(map);
  const kept = known.flatMap((each) => ((each.element ?? null) === element ? (next.get(each.id) ?? []) : each));
  const there = new Set(known.map(({ id }) => id));
  return { ...map, measures: [...kept, ...[...next.values()].filter(({ id }) => !there.has(id))] };
}
