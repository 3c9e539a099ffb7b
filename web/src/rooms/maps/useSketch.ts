/** A change that is proposed: drawn apart from the map, kept in the browser until it is sent or given up. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { keep, kept } from '@/client/device';
import type { MapAnswer, MapDoc, MapLayout } from '@/client/maps';
import { useSession } from '@/client/session';
import { type Places, placedAt, record, redo, start, undo } from './model';
import type { Drawing } from './together/document';
import type { Editor } from './useEditor';

export interface Sketch {
  base: MapDoc;
  map: MapDoc;
  layout: MapLayout;
}
const nameOf = (id: string) => `sketch.${id}`;
function begun(person: number, answer: MapAnswer): Sketch {
  try {
    const found = JSON.parse(kept(person, nameOf(answer.id)) ?? '') as Sketch;
    if (found.base.uid === answer.map.uid && found.map.steps) return found;
  } catch {
    // Nothing was kept, or nothing that reads: begin from the map.
  }
  return { base: answer.map, map: answer.map, layout: answer.layout };
}
/** The editor of a proposal: the same gestures, nothing is saved to the map. */
export function useSketch(answer: MapAnswer, open: boolean) {
  const { user } = useSession();
  const [history, setHistory] = useState(() => start(begun(user.id, answer)));
  const { present } = history;
  useEffect(() => {
    if (open && present.map !== present.base) keep(user.id, nameOf(answer.id), JSON.stringify(present));
  }, [user.id, answer.id, open, present]);
  const change = useCallback(
    (edit: (map: MapDoc) => MapDoc) =>
      setHistory((known) => record(known, { ...known.present, map: edit(known.present.map) })),
    [],
  );
  const apply = useCallback((next: Drawing) => setHistory((known) => record(known, { ...known.present, ...next })), []);
  const arrange = useCallback(
    (places: Places) =>
      setHistory((known) => record(known, { ...known.present, layout: placedAt(known.present.layout, places) })),
    [],
  );
  const place = useCallback((id: string, x: number, y: number) => arrange({ [id]: { x, y } }), [arrange]);
  const undoLast = useCallback(() => setHistory(undo), []);
  const drop = useCallback(() => {
    keep(user.id, nameOf(answer.id), null);
    setHistory(start({ base: answer.map, map: answer.map, layout: answer.layout }));
  }, [user.id, answer]);
  const editor = useMemo<Editor>(
    () => ({
      map: present.map,
      layout: present.layout,
      findings: [],
      saving: 'saved',
      line: 'live',
      held: 0,
      loose: false,
      may: true,
      channel: null,
      change,
      apply,
      place,
      arrange,
      undoLast,
      undo: history.past.length ? undoLast : null,
      redo: history.future.length ? () => setHistory(redo) : null,
    }),
    [present, history, change, apply, place, arrange, undoLast],
  );
  return { editor, sketch: present, drop, touched: present.map !== present.base };
}
export type Sketching = ReturnType<typeof useSketch>;
