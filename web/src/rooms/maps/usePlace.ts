/** Where one was on a map: coming back with the same step selected, in this tab, shows it from the same place. */
import type { Viewport } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';

interface Place {
  seen: Viewport;
  element: string | null;
}
const keyOf = (id: string) => `portulan.place.${id}`;
function kept(id: string, element: string | null): Viewport | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(keyOf(id)) ?? 'null') as Place | null;
    return place?.element === element ? place.seen : null;
  } catch {
    return null;
  }
}
export function usePlace(id: string, element: string | null) {
  const [opening] = useState(() => kept(id, element));
  const seen = useRef(opening);
  const keep = useCallback(() => {
    if (seen.current) sessionStorage.setItem(keyOf(id), JSON.stringify({ seen: seen.current, element }));
  }, [id, element]);
  useEffect(keep, [keep]);
  const onPlace = useCallback(
    (now: Viewport) => {
      seen.current = now;
      keep();
    },
    [keep],
  );
  return { opening, onPlace };
}
