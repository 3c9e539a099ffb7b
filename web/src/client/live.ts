/** What changes elsewhere shows here: the live channel, heard once for the whole screen. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** The queries that an event makes stale, by their first key. */
export const STALE: Record<string, string[]> = {
  'record.changed': ['board', 'list', 'related', 'measures', 'waiting', 'day'],
  'schema.changed': ['schema', 'session', 'board', 'list', 'plan'],
  'map.changed': ['maps', 'map', 'plan', 'overlay'],
  'thread.changed': ['threads', 'frictions'],
  'notice.changed': ['notices'],
  'job.changed': ['logs', 'log'],
};
const GATHER = 400;
const SEEN_ALONE = ['record', 'timeline', 'position'];

/** A burst of events refreshes the screen once. */
export function gatherer(queries: Pick<QueryClient, 'invalidateQueries'>, wait = GATHER) {
  const keys = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const found = [...keys.values()];
    keys.clear();
    for (const queryKey of found) void queries.invalidateQueries({ queryKey });
  };
  return (name: string, fact: { object?: string; id?: string | number }) => {
    const add = (key: readonly unknown[]) => keys.set(JSON.stringify(key), key);
    for (const key of STALE[name] ?? []) add([key]);
    if (name === 'record.changed' && fact.object && fact.id != null)
      for (const key of SEEN_ALONE) add([key, fact.object, String(fact.id)]);
    timer ??= setTimeout(flush, wait);
  };
}
/** Listens while the screen is open; does nothing when there is no channel. */
export function useLive(url: string | null | undefined) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!url || typeof EventSource === 'undefined') return;
    const source = new EventSource(`${url.replace(/\/$/, '')}/events`, { withCredentials: true });
    const heard = gatherer(queries);
    for (const name of Object.keys(STALE))
      source.addEventListener(name, (event) => {
        try {
          heard(name, JSON.parse((event as MessageEvent<string>).data) as object);
        } catch {
          heard(name, {});
        }
      });
    return () => source.close();
  }, [url, queries]);
}
