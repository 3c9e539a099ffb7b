/** What one sees first. */
import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Box } from './graph';

/**
 * Opens where one was last, else whole where that can be read, else where it begins, else on the bottleneck when it is
 * not in sight from there. Without `first` it is shown whole. A bottleneck that is known late takes nobody (`busy`) away
 * from what they look at.
 */
export function useOpening(
  focus: string | null,
  steps: number,
  box: Box | undefined,
  size: Size,
  first?: Box,
  kept?: Viewport | null,
  busy = false,
  folded = false,
) {
  const flow = useReactFlow();
  const ready = useStore((state) => state.width > 0);
  const tall = useStore((state) => state.height);
  const wide = useStore((state) => state.width);
  const { width, height } = size;
  const opened = useRef<string | null>(null);
  useEffect(() => {
    const wanted = focus && box ? focus : first ? '*' : `whole in ${wide} of ${width}`;
    if (!ready || steps === 0 || opened.current === wanted || (opened.current && (wanted === '*' || kept))) return;
    const late = busy && opened.current !== null;
    opened.current = wanted;
    if (late) return;
    const seen = kept ?? openingOf({ width: wide, height: tall }, { width, height }, first, box, folded);
    if (seen) void flow.setViewport(seen);
    else void flow.fitView({ padding: margins(folded), maxZoom: 1 });
  }, [focus, steps, box, first, kept, width, height, wide, tall, ready, busy, folded, flow]);
}
/** The place that a map opens on in a window; nothing when it is to be seen whole. */
export function openingOf(
  window: Size,
  size: Size,
  first: Box | undefined,
  focus?: Box,
  folded = false,
): Viewport | null {
  if (!first) return null;
  const left = folded ? MARGIN : LEFT;
  const legible = folded ? LEGIBLE_FOLDED : LEGIBLE;
  const along = (window.width - left - RIGHT) / size.width;
  const whole = Math.min(along, (window.height - HEAD - FOOT) / size.height);
  if (whole >= legible) return null;
  const zoom = along >= legible ? Math.min(1, along) : BEGUN;
  const begun = left - first.x * zoom;
  const target = focus ?? first;
  const inSight = begun + (target.x + target.w) * zoom <= window.width - RIGHT;
  return {
    x: inSight ? begun : (left + window.width) / 2 - (target.x + target.w / 2) * zoom,
    y: window.height / 2 - level(target, size.height, window.height / zoom) * zoom,
    zoom,
  };
}
interface Size {
  width: number;
  height: number;
}

/** The lanes’ names stand on the left, unless the whole is one that is folded, the phases’ above, the bar below. */
export const margins = (folded = false) =>
  ({ left: folded ? '24px' : '136px', right: '40px', top: '48px', bottom: '78px' }) as const;
/** Below this the labels of the steps cannot be read. */
const LEGIBLE = 0.7;
/** What is folded is worth seeing whole a little smaller. */
const LEGIBLE_FOLDED = 0.5;
const BEGUN = 0.8;
const LEFT = 136;
const MARGIN = 24;
const RIGHT = 40;
const HEAD = 70;
const FOOT = 80;
/** How much of the emptiness around a low map is left above it. */
const ABOVE = 0.4;
/** The height to look at: the step's, without emptiness on one side; a low map stands near the middle. */
function level(box: Box, height: number, seen: number): number {
  const highest = seen / 2 - HEAD;
  const lowest = height - seen / 2 + FOOT;
  if (lowest <= highest) return highest - (highest - lowest) * ABOVE;
  return Math.min(lowest, Math.max(highest, box.y + box.h / 2));
}
