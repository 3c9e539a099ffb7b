/** What is said about something: read, and said. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';

export type Thread = Shape<'ThreadOut'>;
export type Message = Shape<'MessageOut'>;
export type NewThread = Shape<'ThreadIn'>;
export type Kind = Thread['kind'];
export type Ending = NonNullable<Shape<'CloseIn'>['state']>;
/** What may be talked about, by its name. */
export interface Element {
  id: string;
  label: string;
}
export const KINDS: Kind[] = ['comment', 'question', 'proposal', 'irritant'];
const NONE: Thread[] = [];

/** Every thread of a map, the newest first; nothing while they are not there. */
export function useThreads(id: string) {
  const query = useQuery({
    queryKey: ['threads', 'map', id],
    queryFn: () => answer(api.GET('/api/threads', { params: { query: { target: 'map', id } } })),
  });
  return { ...query, threads: query.data ?? NONE };
}
/** How many proposals the person made, and how many were adopted. */
export const useFared = () =>
  useQuery({ queryKey: ['threads', 'fared'], queryFn: () => answer(api.GET('/api/proposals/mine')) });
/** A change to what is said, which refreshes what is shown. */
export function useSaying<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: toastProblem,
    onSuccess: async () => {
      then?.();
      await queries.invalidateQueries({ queryKey: ['threads'] });
    },
  });
}
const path = (thread_id: string) => ({ params: { path: { thread_id } } });
export const say = {
  open: (body: NewThread) => answer(api.POST('/api/threads', { body })),
  reply: (id: string, body: string) =>
    answer(api.POST('/api/threads/{thread_id}/messages', { ...path(id), body: { body } })),
  close: (id: string, state: Ending, reason: string) =>
    answer(api.POST('/api/threads/{thread_id}/close', { ...path(id), body: { state, reason } })),
  reopen: (id: string) => answer(api.POST('/api/threads/{thread_id}/reopen', path(id))),
  propose: (map_id: string, body: Shape<'ProposeIn'>) =>
    answer(api.POST('/api/maps/{map_id}/proposals', { params: { path: { map_id } }, body })),
  accept: (id: string, choices: Record<string, 'draft' | 'proposal'>) =>
    answer(api.POST('/api/proposals/{thread_id}/accept', { ...path(id), body: { choices, reason: '' } })),
  vote: (id: string, given: boolean) =>
    answer(api.PUT('/api/threads/{thread_id}/vote', { ...path(id), body: { given } })),
};
/** How many threads are open on each element. */
export function openByElement(threads: Thread[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of threads) if (each.state === 'open') counts.set(each.element, (counts.get(each.element) ?? 0) + 1);
  return counts;
}
