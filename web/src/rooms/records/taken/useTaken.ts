/** The file of a list: asked for, followed, stopped; one that was asked for is found again on the same screen. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { stop, useJob } from '@/client/jobs';
import { asProblem } from '@/client/problem';

export type Wanted = Shape<'ExportIn'>;
export interface Taken {
  name: string;
  count: number;
  bytes: number;
}
const where = (object: string) => `export:${object}`;

export function useTaken(object: string) {
  const queries = useQueryClient();
  const [job, setJob] = useState(() => sessionStorage.getItem(where(object)));
  const keep = (id: string | null) => {
    if (id) sessionStorage.setItem(where(object), id);
    else sessionStorage.removeItem(where(object));
    setJob(id);
  };
  const ask = useMutation({
    mutationFn: (body: Wanted) =>
      answer(api.POST('/api/records/{object_name}/export', { params: { path: { object_name: object } }, body })),
    onSuccess: (made) => keep(made.job),
  });
  const cancel = useMutation({
    mutationFn: () => stop(job ?? ''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['job', job] }),
  });
  const { data, error } = useJob(job);
  const refused = ask.error ?? error;
  return {
    ask: ask.mutate,
    cancel: cancel.mutate,
    stopping: cancel.isPending || cancel.isSuccess,
    forget: () => {
      keep(null);
      ask.reset();
      cancel.reset();
    },
    state: ask.isPending ? 'queued' : refused ? 'failed' : job ? (data?.state ?? 'queued') : null,
    progress: data?.progress ?? 0,
    error: refused ? asProblem(refused).sentences.join(' ') : (data?.error ?? ''),
    taken: (data?.result ?? null) as Taken | null,
    address: `/api/exports/${job}`,
  };
}
