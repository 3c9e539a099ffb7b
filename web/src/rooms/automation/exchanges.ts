/** What the screen of exchanges asks the server: the doors, what webhooks were told. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';

export type Door = Shape<'DoorOut'>;
export type Delivery = Shape<'DeliveryOut'>;
export type Opening = Shape<'DoorIn'>;
export type SigningKey = Shape<'SignedOut'>;
const KEYS = ['webhook keys'];
const DOORS = ['doors'];
const DELIVERIES = ['deliveries'];

export const useDoors = () => useQuery({ queryKey: DOORS, queryFn: () => answer(api.GET('/api/doors')) });
export const useDeliveries = () =>
  useQuery({ queryKey: DELIVERIES, queryFn: () => answer(api.GET('/api/deliveries')), refetchOnWindowFocus: true });
export const useKeys = () => useQuery({ queryKey: KEYS, queryFn: () => answer(api.GET('/api/webhooks/keys')) });
const useAskKey = (ask: (host: string) => Promise<{ key: string }>, onKey: (key: string) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onError: toastProblem,
    onSuccess: ({ key }) => onKey(key),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
};
export const useShowKey = (onKey: (key: string) => void) =>
  useAskKey((host) => answer(api.POST('/api/webhooks/keys/show', { body: { host } })), onKey);
export const useRenewKey = (onKey: (key: string) => void) =>
  useAskKey((host) => answer(api.POST('/api/webhooks/keys/renew', { body: { host } })), onKey);
export function useOpen() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Opening) => answer(api.POST('/api/doors', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: DOORS }),
  });
}
export function useClose() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (door_id: string) => answer(api.DELETE('/api/doors/{door_id}', { params: { path: { door_id } } })),
    onError: toastProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: DOORS }),
  });
}
export function useAgain(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (delivery_id: string) =>
      answer(api.POST('/api/deliveries/{delivery_id}/again', { params: { path: { delivery_id } } })),
    onError: toastProblem,
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: DELIVERIES }),
  });
}
