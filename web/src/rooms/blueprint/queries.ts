/** What the plan's screen asks the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { upload } from '@/client/http';
import { asProblem } from '@/client/problem';
import { toast, toastProblem } from '@/client/toast';
import { useTranslation } from './texts';

export type Plan = Shape<'PlanOut'>;
export type Change = Shape<'ChangeOut'>;
export type Fate = Shape<'FateOut'>;
export type Version = Shape<'PastVersionOut'>;
export type Choices = Record<string, string>;

/** The plan as far as a phase of the rollout; without one, the phase in force. */
export const usePlan = (phase?: number) =>
  useQuery({
    queryKey: ['plan', phase],
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/plan', { params: { query: { phase: phase ?? null } } })),
  });
export const useVersions = () => useQuery({ queryKey: ['versions'], queryFn: () => answer(api.GET('/api/versions')) });

export const useVersion = (n: number) =>
  useQuery({
    queryKey: ['version', n],
    queryFn: () => answer(api.GET('/api/versions/{n}', { params: { path: { n } } })),
  });

/** Whether scenarios keep something from being built: somebody may say why it is built all the same. */
export const isRed = (error: unknown) => asProblem(error).code === 'records.scenarios_red';

/** Something that changes what is built: everything on screen is read again after it. */
function useBuild<A>(
  build: (argument: A) => Promise<Shape<'VersionOut'>>,
  said: string,
  shown: (error: unknown) => boolean = () => false,
) {
  const { t } = useTranslation('blueprint');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: build,
    onError: (error) => {
      if (!shown(error)) toastProblem(error);
      void queries.invalidateQueries({ queryKey: ['plan'] });
    },
    onSuccess: async ({ version }) => {
      toast(t(said, { version }));
      await queries.invalidateQueries();
    },
  });
}
export const useUndo = () =>
  useBuild(
    (body: { n: number; fates: Choices; motive: string }) => answer(api.POST('/api/versions/undo', { body })),
    'undone',
  );
export const useImport = () =>
  useBuild(
    ({ file, motive }: { file: File; motive: string }) =>
      upload<Shape<'VersionOut'>>('/api/configuration', file, () => undefined, { motive })[0],
    'imported',
    isRed,
  );
/** The targets in force: what the person chose, else what the server proposes. */
export const choicesOf = (plan: Plan, chosen: Choices): Choices =>
  Object.fromEntries(
    plan.fates
      .filter((fate) => fate.no_place)
      .flatMap((fate) => {
        const target = chosen[fate.stage] ?? fate.target;
        return target ? [[fate.stage, target]] : [];
      }),
  );
