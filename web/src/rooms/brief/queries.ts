/** What the requirements screen asks the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toast, toastProblem } from '@/client/toast';
import { useTranslation } from './texts';

export type Brief = Shape<'BriefOut'>;
export type Requirement = Shape<'RequirementOut'>;
export type Version = Shape<'BriefVersionOut'>;
const KEY = ['brief'];
export const useBrief = () => useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/api/brief')) });

export function useKeep(then: () => void) {
  const { t } = useTranslation('brief');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => answer(api.POST('/api/brief/versions', { body: { note } })),
    onError: toastProblem,
    onSuccess: async ({ n }) => {
      then();
      toast(t('kept', { n }));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
}
