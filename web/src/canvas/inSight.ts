/** Keeps what is selected in sight, beside the panel that opens on it: the map moves no more than it must. */
import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Box, Point } from './graph';
import type { Laid } from './layout';

/** What covers the edges: the names of the lanes, those of the phases, the bar below. */
const EDGES = { left: 136, right: 24, top: 48, bottom: 78 };
const AROUND = 30;

/** How far a map goes, in pixels of the screen, for a box to be whole in sight; its beginning wins where it is not. */
export function shift(box: Box, seen: Viewport, wide: number, tall: number): { x: number; y: number } {
  const along = (from: number, size: number, least: number, most: number) =>
    from < least ? least - from : Math.max(least - from, Math.min(0, most - from - size));
  return {
    x: along(box.x * seen.zoom + seen.x, box.w * seen.zoom, EDGES.left, wide - EDGES.right),
    y: along(box.y * seen.zoom + seen.y, box.h * seen.zoom, EDGES.top, tall - EDGES.bottom),
  };
}
/** What is looked at of a passage: its middle, where it is written on. */
export function middleOf(points: readonly Point[]): Box | undefined {
  const half = Math.floor((points.length - 1) / 2);
  const [from, to] = [points[half], points[half + 1]];
  return (
    from && to && { x: (from.x + to.x) / 2 - AROUND, y: (from.y + to.y) / 2 - AROUND, w: 2 * AROUND, h: 2 * AROUND }
  );
}
/** Who comes back to a place (`kept`) finds it as they left it, until they choose something else. */
export function useInSight(
  selected: string | null,
  { boxes, routes }: Pick<Laid, 'boxes' | 'routes'>,
  kept?: Viewport | null,
) {
  const left = useRef(kept ? selected : null);
  const flow = useReactFlow();
  const wide = useStore((state) => state.width);
  const tall = useStore((state) => state.height);
  const known = selected !== null && (boxes.has(selected) || routes.has(selected));
  useEffect(() => {
    if (left.current !== selected) left.current = null;
    if (left.current) return;
    const box = boxes.get(selected ?? '') ?? middleOf(routes.get(selected ?? '') ?? []);
    if (!box || wide === 0) return;
    const seen = flow.getViewport();
    const by = shift(box, seen, wide, tall);
    if (by.x || by.y) void flow.setViewport({ ...seen, x: seen.x + by.x, y: seen.y + by.y }, { duration: 150 });
    // Where it is drawn may change under who looks elsewhere: only a choice, or less room, brings it into sight.
  }, [selected, known, wide, tall, flow]);
}
