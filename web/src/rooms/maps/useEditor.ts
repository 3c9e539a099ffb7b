/** The map being edited, by several people at once: what it is now, how to change it, undo, who else is here. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Finding, MapAnswer, MapDoc } from '@/client/maps';
import { useSession } from '@/client/session';
import { toast, toastProblem } from '@/client/toast';
import { type Places, placedAt } from './model';
import type { Channel, Line, Told } from './together/channel';
import type { Drawing } from './together/document';
import { Early } from './together/early';
import { saveWhole } from './together/saveWhole';
import type { Store } from './together/store';

export type Saving = 'saved' | 'waiting' | 'conflict';
interface Status {
  line: Line;
  saving: Saving;
  may: boolean;
  /** How many changes are only on this device, and whether they would go with this tab. */
  held: number;
  loose: boolean;
}
/** Without a line after so long, the map is saved whole, as it was before there was one. */
const PATIENCE = 5000;

export function useEditor(answer: MapAnswer) {
  const { store, shared } = useStore(answer);
  const present = useSyncExternalStore(store.subscribe, store.get);
  const [findings, setFindings] = useState<Finding[]>(answer.findings);
  const { channel, status, setStatus } = useChannel(answer, shared, setFindings);
  useWithoutLine(answer, store, present, status, setStatus);
  useWarning(channel);

  const apply = useCallback((next: Drawing) => store.change(next), [store]);
  const change = useCallback(
    (edit: (map: MapDoc) => MapDoc) => store.change({ ...store.present, map: edit(store.present.map) }),
    [store],
  );
  const arrange = useCallback(
    (places: Places) => store.change({ ...store.present, layout: placedAt(store.present.layout, places) }),
    [store],
  );
  const place = useCallback((id: string, x: number, y: number) => arrange({ [id]: { x, y } }), [arrange]);
  const undoLast = useCallback(() => store.undo(), [store]);
  const redoLast = useCallback(() => store.redo(), [store]);
  return {
    map: present.map,
    layout: present.layout,
    findings,
    saving: status.saving,
    line: status.line,
    may: status.may,
    held: status.held,
    loose: status.loose,
    channel,
    change,
    apply,
    place,
    arrange,
    undoLast,
    undo: store.undoable ? undoLast : null,
    redo: store.redoable ? redoLast : null,
  };
}
export type Editor = ReturnType<typeof useEditor>;

type Live = typeof import('./together/live');
/** The map as it was given, then its shared document: what that needs is loaded once the map is on screen. */
function useStore({ map, layout }: MapAnswer): { store: Early | Store; shared: { store: Store; live: Live } | null } {
  const [early] = useState(() => new Early({ map, layout }));
  const [shared, setShared] = useState<{ store: Store; live: Live } | null>(null);
  useEffect(() => {
    let current = true;
    void import('./together/live').then((live) => {
      if (!current) return;
      const store = new live.Store(early.first);
      early.hand(store);
      setShared({ store, live });
    }, toastProblem);
    return () => {
      current = false;
    };
  }, [early]);
  return { store: shared?.store ?? early, shared };
}
type Shared = ReturnType<typeof useStore>['shared'];

function useChannel(answer: MapAnswer, shared: Shared, setFindings: (found: Finding[]) => void) {
  const { live, user } = useSession();
  const { id } = answer;
  const [channel, setChannel] = useState<Channel | null>(null);
  const [status, setStatus] = useState<Status>({
    line: 'connecting',
    saving: 'saved',
    may: answer.may.update,
    held: 0,
    loose: false,
  });
  const queries = useQueryClient();
  useEffect(() => {
    if (!live || typeof WebSocket === 'undefined' || !shared) return;
    const hear = (told: Told | null) => {
      if (told?.kind === 'draft') {
        setFindings(told.findings ?? []);
        for (const key of [['maps'], ['plan'], ['lately', id]]) void queries.invalidateQueries({ queryKey: key });
      }
      if (told?.kind === 'refused') {
        toast(told.say ?? '');
        void queries.resetQueries({ queryKey: ['map', id] });
      }
      if (opened.line === 'gone') void queries.invalidateQueries({ queryKey: ['map', id] });
      setStatus((known) => {
        const may = opened.line === 'live' ? opened.may : known.may;
        const { line, held, loose } = opened;
        const next: Status = { line, saving: opened.saved ? 'saved' : 'waiting', may, held, loose };
        return shallow(known, next) ? known : next;
      });
    };
    const address = `${live.replace(/^http/, 'ws').replace(/\/$/, '')}/maps/${id}`;
    const opened = new shared.live.Channel(address, shared.store, new shared.live.Shelf(user.id, id), hear);
    setChannel(opened);
    return () => opened.close();
  }, [live, id, user.id, shared, queries, setFindings]);
  return { channel, status, setStatus };
}
const shallow = (a: Status, b: Status) => (Object.keys(b) as (keyof Status)[]).every((name) => a[name] === b[name]);
/** Where no line opens (a proxy that knows no websocket), what is drawn is saved whole all the same. */
function useWithoutLine(
  answer: MapAnswer,
  store: Early | Store,
  present: Drawing,
  status: Status,
  setStatus: (change: (known: Status) => Status) => void,
) {
  const [version, setVersion] = useState(answer.version);
  useEffect(() => {
    if (!store.waits || status.saving === 'conflict') return;
    const timer = setTimeout(() => {
      void saveWhole(answer.id, version, present).then(
        (kept) => {
          if (store.synced) return;
          store.rebase(present);
          setVersion(kept);
          setStatus((known) => ({ ...known, saving: 'saved' }));
        },
        (error: unknown) => {
          setStatus((known) => ({ ...known, saving: 'conflict' }));
          toastProblem(error);
        },
      );
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [answer.id, store, present, status, version, setStatus]);
}
/** Whoever leaves with changes that would be lost is asked once. */
function useWarning(channel: Channel | null) {
  useEffect(() => {
    if (!channel) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (channel.risks) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [channel]);
}
