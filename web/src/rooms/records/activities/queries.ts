/** Activities: what is asked of the server, and what is done with them. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { Activity, ActivityKind, RecordAnswer, Values } from '@/client/records';
import { type ObjectShape, useSchemaQuery } from '@/client/schema';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { useTranslation } from '../texts';

/** The channels of a timeline: the record itself, then the kinds of activities. */
export const KINDS = ['call', 'email', 'meeting', 'task', 'note'] as const satisfies readonly ActivityKind[];
export type Kind = ActivityKind;
export type { Activity };
/** A record that activities are about. */
export interface About {
  object: string;
  id: number;
  /** Whom one speaks with about it. */
  contact?: unknown;
}
export const useActivityObject = (): ObjectShape | undefined =>
  useSchemaQuery().data?.objects.find((each) => each.uid === 'activity');
/** The field by which activities are about records of an object, when one may create them. */
export function useLinkTo(object: string): string | null {
  const activity = useActivityObject();
  if (!activity?.may.create) return null;
  return activity.fields.find((field) => field.type === 'link' && field.to === object)?.name ?? null;
}
export const useWaiting = ({ object, id }: About) =>
  useQuery({
    queryKey: ['waiting', object, id],
    queryFn: () => http.get<Activity[] | null>(`/api/records/${object}/${id}/waiting`),
  });

const STALE = ['waiting', 'timeline', 'day', 'record', 'board', 'list', 'related'];
/** What can be done with activities; each says what was done and how to take it back. */
export function useActivities() {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const object = useActivityObject()?.name ?? 'activity';
  const path = (id: number) => `/api/records/${object}/${id}`;
  const refresh = () => Promise.all(STALE.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      const done = await work();
      await refresh();
      return done;
    } catch (error) {
      toastProblem(error);
      return null;
    }
  };
  const change = (id: number, version: number, values: Values) =>
    attempt(() => http.patch<RecordAnswer>(path(id), { version, values }));
  const remove = (id: number) => attempt(() => http.delete(path(id)));
  const undoable = (said: string, undo: () => void) => toastUndo(said, t('record.undo'), undo);
  return {
    refresh,
    log: async (values: Values) => {
      const made = await attempt(() => http.post<RecordAnswer>(`/api/records/${object}`, { values }));
      if (made) undoable(t('activity.logged', { name: made.title }), () => void remove(made.id));
      return made;
    },
    finish: async ({ id, version, name }: Activity) => {
      const done = await change(id, version, { done_at: new Date().toISOString() });
      if (done) undoable(t('activity.finished', { name }), () => void change(id, done.version, { done_at: null }));
      return done;
    },
    reopen: ({ id, version }: Activity) => change(id, version, { done_at: null }),
    snooze: async ({ id, version, name, due_at }: Activity, due: Date) => {
      const done = await change(id, version, { due_at: due.toISOString() });
      if (done) undoable(t('activity.snoozed', { name }), () => void change(id, done.version, { due_at }));
    },
    /** A deal that needs no next step before a day. */
    rest: async ({ object: of, id }: About, version: number, day: string | null) => {
      const done = await attempt(() =>
        http.patch<RecordAnswer>(`/api/records/${of}/${id}`, { version, values: { snoozed_until: day } }),
      );
      if (done) toast(t('activity.resting', { title: done.title }));
    },
  };
}
