/** The ledger of irritants, and the workshop that feeds it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from './api';
import { toastProblem } from './toast';

export type Irritant = Shape<'IrritantOut'>;
export type Fate = Shape<'FateIn'>;
export type Room = Shape<'RoomOut'>;
const KEY = ['frictions'];
export const useIrritants = () => useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/api/irritants')) });

/** A change to the ledger or to a workshop, which refreshes what is shown. */
export function useLedger<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: toastProblem,
    onSuccess: async () => {
      then?.();
      await Promise.all([KEY, ['threads']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
}
const path = (map_id: string) => ({ params: { path: { map_id } } });
export const useWorkshop = (map: string) =>
  useQuery({
    queryKey: ['frictions', 'workshop', map],
    queryFn: () => answer(api.GET('/api/maps/{map_id}/workshop', path(map))),
  });
export const ledger = {
  settle: (one: Irritant, body: Fate) =>
    answer(
      api.PUT('/api/maps/{map_id}/irritants/{key}', { params: { path: { map_id: one.map_id, key: one.key } }, body }),
    ),
  vote: ({ map_id, key, voted }: Irritant) =>
    answer(
      api.PUT('/api/maps/{map_id}/irritants/{key}/vote', {
        params: { path: { map_id, key } },
        body: { given: !voted },
      }),
    ),
  open: (map: string, hours: number) =>
    answer(api.POST('/api/maps/{map_id}/workshop', { ...path(map), body: { hours } })),
  close: (map: string) => answer(api.DELETE('/api/maps/{map_id}/workshop', path(map))),
};
const FRESH = 4000;
/** What a guest sees; asked again every few seconds, a guest has no live channel. */
export const useRoom = (token: string) =>
  useQuery({
    queryKey: ['room', token],
    refetchInterval: (query) => (query.state.error ? false : FRESH),
    retry: false,
    queryFn: () => answer(api.GET('/api/workshops/{token}', { params: { path: { token } } })),
  });
export const guest = {
  say: (token: string, body: Shape<'HurtIn'>) =>
    answer(api.POST('/api/workshops/{token}/irritants', { params: { path: { token } }, body })),
  vote: (token: string, thread_id: string, given: boolean) =>
    answer(
      api.PUT('/api/workshops/{token}/votes/{thread_id}', { params: { path: { token, thread_id } }, body: { given } }),
    ),
};
