/** A change that is proposed: drawn apart from the map, kept in the browser until it is sent or given up. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { MapAnswer, MapDoc, MapLayout } from '@/client/maps';
import { record, redo, start, undo } from './model';
import type { Editor } from './useEditor';

export interface Sketch {
  base: MapDoc;
  map: MapDoc;
  layout: MapLayout;
}
const keyOf = (id: string) => `portulan.sketch.${id}`;
function kept(answer: MapAnswer): Sketch {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(answer.id)) ?? '') as Sketch;
    if (found.base.uid === answer.map.uid && found.map.steps) return found;
  } catch {
    // Nothing was kept, or nothing that reads: begin from the map.
  }
  return { base: answer.map, map: answer.map, layout: answer.layout };
}
/** The editor of a proposal: the same gestures, nothing is saved to the map. */
export function useSketch(answer: MapAnswer, open: boolean) {
  const [history, setHistory] = useState(() => start(kept(answer)));
  const { present } = history;
  useEffect(() => {
    if (open && present.map !== present.base) localStorage.setItem(keyOf(answer.id), JSON.stringify(present));
  }, [answer.id, open, present]);
  const change = useCallback(
    (edit: (map: MapDoc) => MapDoc) =>
      setHistory((known) => record(known, { ...known.present, map: edit(known.present.map) })),
    [],
  );
  const place = useCallback(
    (id: string, x: number, y: number) =>
      setHistory((known) => {
        const at = { x: Math.round(x), y: Math.round(y), placed: true };
        return record(known, {
          ...known.present,
          layout: { positions: { ...known.present.layout.positions, [id]: at } },
        });
      }),
    [],
  );
  const undoLast = useCallback(() => setHistory(undo), []);
  const drop = useCallback(() => {
    localStorage.removeItem(keyOf(answer.id));
    setHistory(start({ base: answer.map, map: answer.map, layout: answer.layout }));
  }, [answer]);
  const editor = useMemo<Editor>(
    () => ({
      map: present.map,
      layout: present.layout,
      findings: [],
      saving: 'saved',
      change,
      place,
      save: () => Promise.resolve(),
      undoLast,
      undo: history.past.length ? undoLast : null,
      redo: history.future.length ? () => setHistory(redo) : null,
    }),
    [present, history, change, place, undoLast],
  );
  return { editor, sketch: present, drop, touched: present.map !== present.base };
}
export type Sketching = ReturnType<typeof useSketch>;
