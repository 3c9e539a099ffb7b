/** What one sees first. */
import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Box } from './graph';

/**
 * Opens where one was last, else on the bottleneck, else on the whole map or where it begins when it is too large.
 * Without `first` it stays whole when there is less room. A bottleneck that is known late takes nobody (`busy`) away from what they look at.
 */
export function useOpening(
  focus: string | null,
  steps: number,
  box: Box | undefined,
  size: Size,
  first?: Box,
  kept?: Viewport | null,
  busy = false,
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
    if (kept) void flow.setViewport(kept);
    else if (box) void flow.setCenter(box.x + box.w / 2, level(box, height, tall / OPENED), { zoom: OPENED });
    else if (first && Math.min(wide / width, tall / height) < LEGIBLE)
      void flow.setViewport({
        x: LEFT - first.x * BEGUN,
        y: tall / 2 - level(first, height, tall / BEGUN) * BEGUN,
        zoom: BEGUN,
      });
    else void flow.fitView({ padding: WHOLE, maxZoom: 1 });
  }, [focus, steps, box, first, kept, width, height, wide, tall, ready, busy, flow]);
}
interface Size {
  width: number;
  height: number;
}

/** The lanes’ names stand on the left, the phases’ above, the bar below. */
export const WHOLE = { left: '136px', right: '40px', top: '48px', bottom: '78px' } as const;
const OPENED = 0.92;
/** Below this the labels of the steps cannot be read. */
const LEGIBLE = 0.45;
const BEGUN = 0.75;
const LEFT = 160;
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
