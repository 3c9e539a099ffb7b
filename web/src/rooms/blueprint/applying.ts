/** What the server says of a plan being applied, whoever asked for it and however often the page was loaded. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { toast, toastProblem } from '@/client/toast';
import type { Choices, Plan } from './queries';
import { useTranslation } from './texts';

export type Applying = Shape<'ApplyingOut'>;
const KEY = ['applying'];
const EVERY = 500;

export const isLive = (work: Applying | null | undefined) => work?.state === 'queued' || work?.state === 'running';

/** Follow the plan being applied; once it has ended, everything on screen is read again. */
export function useApplying(mayApply: boolean) {
  const { t } = useTranslation('blueprint');
  const queries = useQueryClient();
  const [watched, watch] = useState<string | null>(null);
  const work =
    useQuery({
      queryKey: KEY,
      enabled: mayApply,
      staleTime: 0,
      refetchInterval: ({ state }) => (isLive(state.data) ? EVERY : false),
      queryFn: async () => (await answer(api.GET('/api/plan/applying'))) ?? null,
    }).data ?? null;
  const live = isLive(work);
  const seen = live ? (work?.job ?? null) : null;
  useEffect(() => {
    if (seen) watch(seen);
  }, [seen]);
  useEffect(() => {
    if (watched === null || live) return;
    watch(null);
    if (work?.job === watched && work.state === 'done') toast(t('applied', { version: work.version ?? 0 }));
    if (work?.job === watched && work.state === 'cancelled') toast(t('applying.stopped'));
    void queries.invalidateQueries();
  }, [watched, live, work, queries, t]);
  return { work, live, watch };
}
export function useApply(onAsked: (job: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ plan, fates, motive }: { plan: Plan; fates: Choices; motive: string }) =>
      answer(
        api.POST('/api/plan/apply', {
          body: { phase: plan.phase, hash: plan.hash, base_version: plan.base_version, fates, motive },
        }),
      ),
    onError: (error) => {
      toastProblem(error);
      void queries.invalidateQueries({ queryKey: ['plan'] });
    },
    onSuccess: async ({ job }) => {
      await queries.invalidateQueries({ queryKey: KEY });
      onAsked(job);
    },
  });
}
export function useStop(job: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/jobs/{job_id}/cancel', { params: { path: { job_id: job } } })),
    onError: toastProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
