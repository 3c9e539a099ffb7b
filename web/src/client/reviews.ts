/** Who answers for what, and what is to be looked at again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from './api';
import { toastProblem } from './toast';

export type Care = Shape<'CareOut'>;
export type Review = Shape<'ReviewOut'>;
export type NewCare = Shape<'CareIn'>;
export type Due = Shape<'DueOut'>;
export type Upkeep = Shape<'UpkeepOut'>;

export const useCares = () => useQuery({ queryKey: ['maps', 'cares'], queryFn: () => answer(api.GET('/api/cares')) });
export const useDue = () => useQuery({ queryKey: ['maps', 'due'], queryFn: () => answer(api.GET('/api/reviews/due')) });
const path = (map_id: string) => ({ params: { path: { map_id } } });
export const useReview = (id: string) =>
  useQuery({
    queryKey: ['maps', 'review', id],
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/maps/{map_id}/review', path(id))),
  });
/** Who answers for the data of each object. */
export const useUpkeeps = () =>
  useQuery({ queryKey: ['quality', 'upkeeps'], queryFn: () => answer(api.GET('/api/quality/reviews')) });
/** A change to who answers for a map or for data, or to when they are reviewed. */
export function useCaring<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: toastProblem,
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['maps'] }),
        queries.invalidateQueries({ queryKey: ['quality', 'upkeeps'] }),
      ]);
      then?.();
    },
  });
}
export const caring = {
  done: (upkeep_id: string) =>
    answer(api.POST('/api/quality/reviews/{upkeep_id}/done', { params: { path: { upkeep_id } } })),
  keep: (object_name: string, body: NewCare) =>
    answer(api.PUT('/api/quality/reviews/{object_name}', { params: { path: { object_name } }, body })),
  verify: (id: string) => answer(api.POST('/api/maps/{map_id}/verify', path(id))),
  entrust: (id: string, body: NewCare) => answer(api.PUT('/api/maps/{map_id}/care', { ...path(id), body })),
};
