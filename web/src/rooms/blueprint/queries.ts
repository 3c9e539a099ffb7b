/** What the plan's screen asks the server. */
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';

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
