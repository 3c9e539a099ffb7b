/** The map of maps: each process where it stands in the life of a client, tied to what takes over and to what it opens. */
import type { Graph } from '@/canvas/graph';
import type { MapSummary } from '@/client/maps';
import { mapOf } from './SubMaps';

const HUES: Record<string, number> = { lead: 205, opportunity: 262, ticket: 38 };
/** `nameOf` gives the words of what travels. */
export function overviewOf(maps: readonly MapSummary[], nameOf: (subject: string | null) => string): Graph {
  const shown = [...new Set(maps.map((each) => each.uid))].map((uid) => mapOf(maps, uid)!);
  const known = new Map(shown.map((each) => [each.uid, each.id]));
  const lanes = [...new Set(shown.map((each) => each.subject ?? ''))];
  const tied = (ways: (map: MapSummary) => MapSummary['continues'], mark: string, planned: boolean) =>
    shown.flatMap((map) =>
      ways(map).flatMap(({ to, label }, index) => {
        const target = known.get(to);
        if (!target || target === map.id) return [];
        const way = { id: `${mark}:${map.id}:${index}`, source: map.id, target, label };
        return [planned ? { ...way, undrawn: true } : way];
      }),
    );
  return {
    ofMaps: true,
    lanes: lanes.map((id) => ({ id, label: nameOf(id || null), hue: HUES[id] ?? 172 })),
    phases: [{ id: 'tout', label: '' }],
    steps: shown.map((map) => ({
      id: map.id,
      label: map.title,
      lane: map.subject ?? '',
      phase: 'tout',
      shape: 'step',
      errors: map.errors,
      opens: map.opens.length,
    })),
    flows: [...tied((map) => map.continues, 'suite', false), ...tied((map) => map.opens, 'ouvre', true)],
  };
}
