/** What the server says of what is being built, whoever asked for it and however often the page was loaded. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { upload } from '@/client/http';
import { asProblem } from '@/client/problem';
import { toast, toastProblem } from '@/client/toast';
import type { Choices, Plan } from './queries';
import { useTranslation } from './texts';

export type Applying = Shape<'ApplyingOut'>;
const KEY = ['applying'];
const EVERY = 500;
const DONE = { apply: 'applied', undo: 'undone', take: 'imported' } as const;

export const isLive = (work: Applying | null | undefined) => work?.state === 'queued' || work?.state === 'running';

/** Follow what is being built; once it has ended, everything on screen is read again. */
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
    if (work?.job === watched && work.state === 'done') toast(t(DONE[work.kind], { version: work.version ?? 0 }));
    if (work?.job === watched && work.state === 'cancelled') toast(t('applying.stopped'));
    void queries.invalidateQueries();
  }, [watched, live, work, queries, t]);
  return { work, live, watch };
}
/** Whether scenarios keep something from being built: somebody may say why it is built all the same. */
export const isRed = (error: unknown) => asProblem(error).code === 'records.scenarios_red';

/** Ask for something to be built; from then on it is followed. */
function useAsk<A>(
  ask: (argument: A) => Promise<Shape<'ApplyJobOut'>>,
  onAsked: (job: string) => void,
  shown: (error: unknown) => boolean = () => false,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onError: (error) => {
      if (!shown(error)) toastProblem(error);
      void queries.invalidateQueries({ queryKey: ['plan'] });
    },
    onSuccess: async ({ job }) => {
      await queries.invalidateQueries({ queryKey: KEY });
      onAsked(job);
    },
  });
}
type Asked = (job: string) => void;
export const useApply = (onAsked: Asked) =>
  useAsk(
    ({ plan, fates, motive }: { plan: Plan; fates: Choices; motive: string }) =>
      answer(
        api.POST('/api/plan/apply', {
          body: { phase: plan.phase, hash: plan.hash, base_version: plan.base_version, fates, motive },
        }),
      ),
    onAsked,
  );
export const useUndo = (onAsked: Asked) =>
  useAsk(
    (body: { n: number; fates: Choices; motive: string }) => answer(api.POST('/api/versions/undo', { body })),
    onAsked,
  );
export const useImport = (onAsked: Asked) =>
  useAsk(
    ({ file, motive }: { file: File; motive: string }) =>
      upload<Shape<'ApplyJobOut'>>('/api/configuration', file, () => undefined, { motive })[0],
    onAsked,
    isRed,
  );
export function useStop(job: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/jobs/{job_id}/cancel', { params: { path: { job_id: job } } })),
    onError: toastProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
