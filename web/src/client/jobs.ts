/** A long work under way: asked for, followed until it ends, its result handed over once. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api, type Shape } from './api';
import { toast, toastProblem } from './toast';

type Job = Shape<'JobOut'>;
const ENDED = new Set(['done', 'failed', 'cancelled']);
const EVERY = 500;

const of = (id: string) => ({ params: { path: { job_id: id } } });

/** How a job goes, asked again and again until it ends. */
export const useJob = (id: string | null) =>
  useQuery({
    queryKey: ['job', id],
    enabled: id !== null,
    retry: false,
    refetchInterval: ({ state }) => (state.error || (state.data && ENDED.has(state.data.state)) ? false : EVERY),
    queryFn: () => answer(api.GET('/api/jobs/{job_id}', of(id ?? ''))),
  });
export const stop = (id: string) => answer(api.POST('/api/jobs/{job_id}/cancel', of(id)));

/** Start a job and follow it; `onDone` gets its result. */
export function useWork<A>(start: (argument: A) => Promise<{ job: string }>, onDone: (result: unknown) => void) {
  const [id, setId] = useState<string | null>(null);
  const begin = useMutation({ mutationFn: start, onError: toastProblem, onSuccess: ({ job }) => setId(job) });
  const job = useJob(id).data;
  const ended = id !== null && job?.id === id && ENDED.has(job.state);
  useEffect(() => {
    if (!ended || !job) return;
    setId(null);
    if (job.state === 'done') onDone(job.result);
    if (job.state === 'failed') toast(job.error);
  }, [ended, job, onDone]);
  const running: Job | null = id !== null ? (job ?? null) : null;
  return { begin: begin.mutate, busy: begin.isPending || id !== null, progress: running?.progress ?? 0 };
}
