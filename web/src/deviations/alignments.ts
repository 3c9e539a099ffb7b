/** What is asked of the alignments of a log with a map; a question that is closed is given up. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import type { Between } from './decisions';

export type Aligned = Shape<'AlignmentAnswer'>;
export type Correction = Shape<'CorrectionAnswer'>;

export const useAlignment = ({ log, map, filters }: Between) =>
  useQuery({
    queryKey: ['alignment', log, map, filters],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/maps/{map_id}/alignment', {
          signal,
          params: { path: { map_id: map }, query: { log, filters } },
        }),
      ),
  });
export const useCorrected = ({ log, map, filters }: Between, correction: string) =>
  useInfiniteQuery({
    queryKey: ['alignment', log, map, filters, correction],
    initialPageParam: '',
    queryFn: ({ pageParam: after, signal }) =>
      answer(
        api.GET('/api/maps/{map_id}/alignment/cases', {
          signal,
          params: { path: { map_id: map }, query: { log, filters, correction, after } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
