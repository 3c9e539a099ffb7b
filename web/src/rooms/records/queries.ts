/** What the screens of the records ask the server. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { http } from '@/client/http';
import type { MapSummary } from '@/client/maps';
import type {
  Board,
  Card,
  Happening,
  Position,
  RecordAnswer,
  Related,
  Row,
  RowPage,
  StageMeasure,
} from '@/client/records';
import type { Origin, PipelineShape } from '@/client/schema';
import type { Summary } from './measures';
import { addCards, cardsWanted, moveCard } from './board';

export interface Asked {
  words?: string;
  condition?: string | null;
  sort?: string;
}
export const boardKey = (pipeline: string, asked: Asked) => ['board', pipeline, asked] as const;
/** The board; a card whose gate is asking stays where it was put, whatever arrives meanwhile. */
export function useBoard(pipeline: string, asked: Asked, asking: { id: number; to: string } | null = null) {
  const queries = useQueryClient();
  const queryKey = boardKey(pipeline, asked);
  return useQuery({
    queryKey,
    placeholderData: keepPreviousData,
    select: (board: Board) => (asking ? moveCard(board, asking.id, asking.to) : board),
    queryFn: ({ signal }) =>
      http.get<Board>(
        `/api/board/${pipeline}`,
        { ...asked, cards: cardsWanted(queries.getQueryData<Board>(queryKey)) },
        signal,
      ),
  });
}
/** Unrolls one more page of a column into the board that is shown. */
export function useMoreCards(pipeline: string, asked: Asked) {
  const queries = useQueryClient();
  const queryKey = boardKey(pipeline, asked);
  return async (stage: string, after: string) => {
    const { cards, next } = await http.get<{ cards: Card[]; next: string | null }>(`/api/board/${pipeline}/${stage}`, {
      ...asked,
      after,
    });
    queries.setQueryData<Board>(queryKey, (board) => board && addCards(board, stage, cards, next));
  };
}
export const useMeasures = (pipeline: string) =>
  useQuery({
    queryKey: ['measures', pipeline],
    staleTime: 300_000,
    retry: false,
    queryFn: () => http.get<Record<string, StageMeasure>>(`/api/pipelines/${pipeline}/measures`),
  });
export const useRows = (object: string, asked: Asked & { bin?: 1 }) =>
  useInfiniteQuery({
    queryKey: ['list', object, asked],
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      http.get<RowPage>(`/api/records/${object}`, { ...asked, after: pageParam, limit: 50 }, signal),
    getNextPageParam: (page) => page.next,
  });
/** What lies in the bins, object by object. */
export const useBins = () =>
  useQuery({
    queryKey: ['list', 'bins'],
    queryFn: () => http.get<{ object: string; rows: Row[]; next: boolean }[]>('/api/bins'),
  });
/** What a list adds up to, group by group if asked. */
export const useSummary = (
  object: string,
  { words, condition, bin }: Asked & { bin?: 1 },
  { measures = '', group_by = '' }: { measures?: string; group_by?: string | undefined } = {},
) =>
  useQuery({
    queryKey: ['list', object, 'summary', words, condition, measures, group_by],
    enabled: !bin,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      http.get<Summary>(`/api/records/${object}/summary`, { words, condition, measures, group_by }, signal),
  });
export const useRecord = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id],
    queryFn: () => http.get<RecordAnswer>(`/api/records/${object}/${id}`),
  });
export const useTimeline = (object: string, id: string, channels = '') =>
  useInfiniteQuery({
    queryKey: ['timeline', object, id, channels],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      http.get<{ rows: Happening[]; next: string | null }>(`/api/records/${object}/${id}/timeline`, {
        before: pageParam,
        channels,
        limit: 30,
      }),
    getNextPageParam: (page) => page.next,
  });
export const usePosition = (object: string, id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['position', object, id],
    enabled,
    queryFn: () => http.get<Position | null>(`/api/records/${object}/${id}/position`),
  });
export const useRelated = (object: string, id: string) =>
  useQuery({
    queryKey: ['related', object, id],
    queryFn: () => http.get<Related[]>(`/api/records/${object}/${id}/related`),
  });

/** Where the maps are drawn, for those who may read them: map uid → map id. */
export function useMapIds(): (uid: string | null | undefined) => string | null {
  const maps = useQuery({ queryKey: ['maps'], retry: false, queryFn: () => http.get<MapSummary[]>('/api/maps') });
  return (uid) => {
    const known = maps.data?.filter((each) => each.uid === uid) ?? [];
    return (known.find((each) => each.state === 'to_be') ?? known[0])?.id ?? null;
  };
}
export type { Origin, PipelineShape };

export type Run = Shape<'RunOut'>;
/** What rules did, will do or left alone on a record. */
export const useRuns = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id, 'runs'],
    queryFn: () =>
      answer(
        api.GET('/api/records/{object_name}/{row_id}/runs', {
          params: { path: { object_name: object, row_id: Number(id) } },
        }),
      ),
  });

export type Mail = Shape<'MailOut'>;
/** The mails that rules wrote about a record. */
export const useMails = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id, 'mails'],
    queryFn: () =>
      answer(
        api.GET('/api/records/{object_name}/{row_id}/mails', {
          params: { path: { object_name: object, row_id: Number(id) } },
        }),
      ),
  });

export type Clock = Shape<'ClockOut'>;
/** The times promised on a record, and why each due time is what it is. */
export const useClocks = (object: string, id: string) =>
  useQuery({
    queryKey: ['record', object, id, 'clocks'],
    queryFn: () =>
      answer(
        api.GET('/api/records/{object_name}/{row_id}/clocks', {
          params: { path: { object_name: object, row_id: Number(id) } },
        }),
      ),
  });
