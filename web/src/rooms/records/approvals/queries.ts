/** What waits for a decision: read, asked, decided, taken back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';
import { useRefresh } from '../refresh';

export type Request = Shape<'RequestOut'>;
export type Asking = Shape<'AgreementIn'>;
const MINE = ['approvals'] as const;

/** What the person is asked to decide. */
export const useToDecide = () =>
  useQuery({ queryKey: MINE, queryFn: () => answer(api.GET('/api/approvals')), refetchOnWindowFocus: true });
/** What was asked about a record, the newest first. */
export const useAsked = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id, 'approvals'],
    queryFn: () =>
      answer(
        api.GET('/api/records/{object_name}/{row_id}/approvals', {
          params: { path: { object_name: object, row_id: Number(id) } },
        }),
      ),
  });
export const ask = (object: string, id: number, body: Asking) =>
  answer(
    api.POST('/api/records/{object_name}/{row_id}/approvals', {
      params: { path: { object_name: object, row_id: id } },
      body,
    }),
  );
export interface Verdict {
  granted: boolean;
  comment: string;
}
/** Decides or takes back; a verdict of null takes back. */
export function useDecide(request: Request, onDone: (verdict: Verdict | null) => void) {
  const queries = useQueryClient();
  const refresh = useRefresh();
  const path = { request_id: request.id };
  const stale = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: MINE }),
      queries.invalidateQueries({ queryKey: ['day'] }),
      refresh(request.object, request.row_id),
    ]);
  return useMutation({
    mutationFn: (verdict: Verdict | null) =>
      verdict
        ? answer(api.POST('/api/approvals/{request_id}/decision', { params: { path }, body: verdict }))
        : answer(api.POST('/api/approvals/{request_id}/withdraw', { params: { path } })),
    onError: toastProblem,
    onSuccess: (_, verdict) => onDone(verdict),
    onSettled: stale,
  });
}
