/** The map being edited: undo, redo, and saving by itself with the version that was read. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { http } from '@/client/http';
import type { Finding, MapAnswer, MapDoc, MapLayout } from '@/client/maps';
import { asProblem } from '@/client/problem';
import { toastProblem } from '@/client/toast';
import { record, redo, start, undo } from './model';

export type Saving = 'saved' | 'waiting' | 'saving' | 'conflict' | 'failed';
interface Drawing {
  map: MapDoc;
  layout: MapLayout;
}
const PAUSE = 700;
const CONFLICT = 409;

export function useEditor(answer: MapAnswer) {
  const [history, setHistory] = useState(() => start<Drawing>({ map: answer.map, layout: answer.layout }));
  const [saving, setSaving] = useState<Saving>('saved');
  const [findings, setFindings] = useState<Finding[]>(answer.findings);
  const queries = useQueryClient();
  const version = useRef(answer.version);
  const stored = useRef(history.present);
  const busy = useRef(false);
  const present = history.present;

  const save = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    const sent = present;
    setSaving('saving');
    try {
      const path = `/api/maps/${answer.id}`;
      const result = await http.put<{ version: number; findings: Finding[] }>(path, {
        version: version.current,
        ...sent,
      });
      version.current = result.version;
      stored.current = sent;
      setFindings(result.findings);
      setSaving('saved');
      void queries.invalidateQueries({ queryKey: ['maps'] });
      void queries.invalidateQueries({ queryKey: ['plan'] });
    } catch (error) {
      const conflict = asProblem(error).status === CONFLICT;
      setSaving(conflict ? 'conflict' : 'failed');
      if (!conflict) toastProblem(error);
    } finally {
      busy.current = false;
    }
  }, [answer.id, present, queries]);

  useEffect(() => {
    if (present === stored.current || saving === 'conflict' || saving === 'failed') return;
    const timer = setTimeout(() => void save(), PAUSE);
    return () => clearTimeout(timer);
  }, [present, save, saving]);

  const change = useCallback((edit: (map: MapDoc) => MapDoc) => {
    setSaving((state) => (state === 'conflict' ? state : 'waiting'));
    setHistory((known) => record(known, { ...known.present, map: edit(known.present.map) }));
  }, []);
  const place = useCallback((id: string, x: number, y: number) => {
    setSaving((state) => (state === 'conflict' ? state : 'waiting'));
    setHistory((known) => {
      const positions = {
        ...known.present.layout.positions,
        [id]: { x: Math.round(x), y: Math.round(y), placed: true },
      };
      return record(known, { ...known.present, layout: { positions } });
    });
  }, []);
  const go = useCallback((way: typeof undo<Drawing>) => {
    setSaving((state) => (state === 'conflict' ? state : 'waiting'));
    setHistory(way);
  }, []);
  return {
    map: present.map,
    layout: present.layout,
    findings,
    saving,
    change,
    place,
    save,
    undoLast: useCallback(() => go(undo), [go]),
    undo: history.past.length ? () => go(undo) : null,
    redo: history.future.length ? () => go(redo) : null,
  };
}
export type Editor = ReturnType<typeof useEditor>;
