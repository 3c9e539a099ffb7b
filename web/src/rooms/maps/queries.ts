/** What the maps' screens ask the server. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { http } from '@/client/http';
import type { MapAnswer, MapSummary, OverlayAnswer } from '@/client/maps';
import { toastProblem } from '@/client/toast';

export interface LogLite {
  id: string;
  name: string;
  state: string;
  cases: number | null;
}
export const useMaps = () => useQuery({ queryKey: ['maps'], queryFn: () => http.get<MapSummary[]>('/api/maps') });
/** Who is on which map now: asked again while the list is looked at. */
export const usePresences = () =>
  useQuery({ queryKey: ['presences'], refetchInterval: 5000, queryFn: () => answer(api.GET('/api/presences')) });
export const useMap = (id: string | null) =>
  useQuery({
    queryKey: ['map', id],
    enabled: id !== null,
    staleTime: 0,
    queryFn: () => http.get<MapAnswer>(`/api/maps/${id}`),
  });
export const useStarters = () => useQuery({ queryKey: ['starters'], queryFn: () => answer(api.GET('/api/starters')) });
export const useStarterPreview = (name: string, sector: string, lang: string) =>
  useQuery({
    queryKey: ['starters', name, sector, lang],
    queryFn: () => answer(api.GET('/api/starters/{name}', { params: { path: { name }, query: { sector, lang } } })),
  });
export const useLogs = () => useQuery({ queryKey: ['logs'], queryFn: () => http.get<LogLite[]>('/api/logs') });
export const useOverlay = (id: string, log: string | null) =>
  useQuery({
    queryKey: ['overlay', id, log],
    enabled: log !== null,
    retry: false,
    queryFn: () => http.get<OverlayAnswer>(`/api/maps/${id}/overlay`, { log }),
  });
/** What happened in the last thirty days on a map; what nobody counts is absent. */
export const useLately = (id: string) =>
  useQuery({
    queryKey: ['lately', id],
    retry: false,
    queryFn: () => http.get<Shape<'LatelyOut'>>(`/api/maps/${id}/lately`),
  });
export const useGap = (id: string, other: string | null) =>
  useQuery({
    queryKey: ['gap', id, other],
    enabled: other !== null,
    queryFn: () =>
      http.get<{ kind: string; what: string; element: string; say: string }[]>(`/api/maps/${other}/gap/${id}`),
  });
export interface Waits {
  bins: { from: number; to: number; count: number }[];
  median: number | null;
  p90: number | null;
  sla: number | null;
}
export interface CaseRow {
  case: string;
  started: string;
  ended: string | null;
  waiting_seconds: number | null;
  amount: string | number | null;
  record?: { object: string; id: number; title: string } | null;
}
export const useWaits = (log: string | null, step: string) =>
  useQuery({
    queryKey: ['waits', log, step],
    enabled: log !== null,
    retry: false,
    queryFn: () => http.get<Waits>(`/api/logs/${log}/waits`, { step }),
  });
export const useCases = (log: string | null, step: string, blocked: boolean) =>
  useInfiniteQuery({
    queryKey: ['cases', log, step, blocked],
    enabled: log !== null,
    retry: false,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      http.get<{ rows: CaseRow[]; next: string | null }>(`/api/logs/${log}/cases`, {
        step,
        blocked: blocked || null,
        after: pageParam,
      }),
    getNextPageParam: (page) => page.next,
  });

/** A change to the maps that refreshes what is shown. */
export function useMapAction<A, R>(
  action: (argument: A) => Promise<R>,
  then?: (result: R) => void,
  refused?: () => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: (error) => {
      toastProblem(error);
      refused?.();
    },
    onSuccess: async (result) => {
      await Promise.all(['maps', 'map', 'plan'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      then?.(result);
    },
  });
}
