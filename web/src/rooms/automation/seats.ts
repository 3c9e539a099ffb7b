/** What the screen of assignment asks the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';

export type Seats = Shape<'SeatsOut'>;
export type RoleSeats = Shape<'RoleSeatsOut'>;
export type Seat = Shape<'SeatOut'>;
export type Giving = Shape<'GivingOut'>;
const KEY = ['seats'];

export const useSeats = () => useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/api/seats')) });
export function useSeat(role: string, person: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<'SeatIn'>) =>
      answer(api.PUT('/api/seats/{role}/{person}', { params: { path: { role, person } }, body })),
    onError: toastProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
/** How long a rule leaves to take a record up: a time, none, or what the map draws. */
export function usePatience(uid: string) {
  const queries = useQueryClient();
  const path = { path: { uid } };
  return useMutation({
    mutationFn: (within: Giving['within'] | 'drawn') =>
      within === 'drawn'
        ? answer(api.DELETE('/api/rules/{uid}/patience', { params: path }))
        : answer(api.PUT('/api/rules/{uid}/patience', { params: path, body: { within } })),
    onError: toastProblem,
    onSettled: () =>
      Promise.all([KEY, ['rules'], ['replay', uid]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
export const useExplain = () =>
  useMutation({
    mutationFn: ({ object, values }: { object: string; values: Record<string, unknown> }) =>
      answer(
        api.POST('/api/assignment/{object_name}/explain', {
          params: { path: { object_name: object } },
          body: { values } as Shape<'SupposedIn'>,
        }),
      ),
    onError: toastProblem,
  });
export const useReplay = (uid: string | null) =>
  useQuery({
    queryKey: ['replay', uid],
    enabled: uid !== null,
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/rules/{uid}/replay', { params: { path: { uid: uid ?? '' } } })),
  });
