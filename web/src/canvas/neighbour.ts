/** Moving the selection with the arrows: the nearest box in a direction. */
import type { Box } from './graph';

export type Way = 'left' | 'right' | 'up' | 'down';
export const WAYS: Record<string, Way> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const ASIDE = 2;

export function neighbour(boxes: ReadonlyMap<string, Box>, from: string, way: Way): string | null {
  const start = boxes.get(from);
  if (!start) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [id, box] of boxes) {
    if (id === from) continue;
    const dx = box.x + box.w / 2 - (start.x + start.w / 2);
    const dy = box.y + box.h / 2 - (start.y + start.h / 2);
    const [ahead, aside] = way === 'left' || way === 'right' ? [dx, dy] : [dy, dx];
    const along = way === 'left' || way === 'up' ? -ahead : ahead;
    if (along <= 1) continue;
    const cost = along + Math.abs(aside) * ASIDE;
    if (cost < least) [least, best] = [cost, id];
  }
  return best;
}
