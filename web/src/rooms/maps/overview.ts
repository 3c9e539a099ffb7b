/** The map of maps: each process where it stands in the life of a client, tied to what takes over and to what it opens. */
import type { Graph } from '@/canvas/graph';
import type { MapSummary } from '@/client/maps';
import { mapOf } from './SubMaps';

const HUES: Record<string, number> = { lead: 205, opportunity: 262, ticket: 38 };
/** `nameOf` gives the words of what travels. */
export function overviewOf(maps: readonly MapSummary[], nameOf: (subject: string | null) => string): Graph {
  const shown = [...new Set(maps.map((each) => each.uid))].map((uid) => mapOf(maps, uid)!);
  const known = new Map(shown.map((each) => [each.uid, each.id]));
  const lanes = inOrder(
    [...new Set(shown.map((each) => each.subject ?? ''))],
    shown.flatMap((map) =>
      map.continues.flatMap(({ to }) => {
        const next = shown.find((each) => each.uid === to);
        return next ? [[map.subject ?? '', next.subject ?? ''] as const] : [];
      }),
    ),
  );
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
/** What travels, in the order in which one takes over from another; what nothing leads to or from comes last. */
function inOrder(lanes: readonly string[], ways: readonly (readonly [string, string])[]): string[] {
  const across = ways.filter(([from, to]) => from !== to);
  const tied = lanes.filter((lane) => across.some((way) => way.includes(lane)));
  const ordered: string[] = [];
  while (ordered.length < tied.length) {
    const left = tied.filter((lane) => !ordered.includes(lane));
    const waits = (lane: string) => across.filter(([from, to]) => to === lane && left.includes(from)).length;
    const follows = (lane: string) => across.filter(([from, to]) => to === lane && !left.includes(from)).length;
    left.sort((a, b) => waits(a) - waits(b) || follows(b) - follows(a));
    ordered.push(left[0]!);
  }
  return [...ordered, ...lanes.filter((lane) => !tied.includes(lane))];
}
