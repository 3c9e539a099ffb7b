/** Who answers for what, and what is to be looked at again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from './api';
import { toastProblem } from './toast';

export type Care = Shape<'CareOut'>;
export type Review = Shape<'ReviewOut'>;
export type NewCare = Shape<'CareIn'>;
export type Due = Shape<'DueOut'>;

export const useCares = () => useQuery({ queryKey: ['maps', 'cares'], queryFn: () => answer(api.GET('/api/cares')) });
export const useDue = () => useQuery({ queryKey: ['maps', 'due'], queryFn: () => answer(api.GET('/api/reviews/due')) });
const path = (map_id: string) => ({ params: { path: { map_id } } });
export const useReview = (id: string) =>
  useQuery({
    queryKey: ['maps', 'review', id],
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/maps/{map_id}/review', path(id))),
  });
/** A change to who answers for a map, or to when it is reviewed. */
export function useCaring<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: toastProblem,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['maps'] });
      then?.();
    },
  });
}
export const caring = {
  verify: (id: string) => answer(api.POST('/api/maps/{map_id}/verify', path(id))),
  entrust: (id: string, body: NewCare) => answer(api.PUT('/api/maps/{map_id}/care', { ...path(id), body })),
};
