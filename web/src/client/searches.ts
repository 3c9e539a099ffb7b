/** A long search that an answer tells of: followed by asking again, stopped by who asked for it. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Shape } from './api';
import { stop } from './jobs';
import { toastProblem } from './toast';

export type Search = Shape<'SearchAnswer'>;
export const isSearching = (search: Search | null | undefined) =>
  search?.state === 'queued' || search?.state === 'running';

/** Stop a search; the answer that tells of it is read again. */
export function useStopSearch(told: QueryKey) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (search: Search) => stop(search.job),
    onError: toastProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: told }),
  });
}
