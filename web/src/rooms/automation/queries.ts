/** What the screen of the rules asks the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';

export type Rules = Shape<'RulesOut'>;
export type Rule = Shape<'RuleOut'>;
export type Rehearsal = Shape<'RehearsalOut'>;
/** The switch that holds everything. */
export const EVERYTHING = '*';

export const useRules = () => useQuery({ queryKey: ['rules'], queryFn: () => answer(api.GET('/api/rules')) });
export const useRehearsal = (uid: string) =>
  useQuery({
    queryKey: ['rehearsal', uid],
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/rules/{uid}/rehearsal', { params: { path: { uid } } })),
  });
export function useSwitch() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ uid, on }: { uid: string; on: boolean }) =>
      answer(api.PUT('/api/rules/{uid}/switch', { params: { path: { uid } }, body: { on } })),
    onError: toastProblem,
    onSuccess: (rules) => queries.setQueryData(['rules'], rules),
  });
}
