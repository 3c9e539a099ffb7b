/** What the panel of taking up asks the server. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import { toastProblem } from '@/client/toast';
import { useRefresh } from './refresh';

const about = (object: string, id: string) => ({ params: { path: { object_name: object, row_id: Number(id) } } });
/** Who is to take the record up, or null when nobody is waited for. */
export const useTurn = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id, 'turn'],
    queryFn: async () => (await answer(api.GET('/api/records/{object_name}/{row_id}/turn', about(object, id)))) ?? null,
  });
/** Who received the record and why, newest first. */
export const useDecisions = (object: string, id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['record', object, id, 'decisions'],
    enabled,
    queryFn: () => answer(api.GET('/api/records/{object_name}/{row_id}/decisions', about(object, id))),
  });
export function useTake(object: string, id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/records/{object_name}/{row_id}/turn', about(object, id))),
    onError: toastProblem,
    onSettled: () => refresh(object, id),
  });
}
