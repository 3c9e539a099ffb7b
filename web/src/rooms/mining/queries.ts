/** What the screens of the logs ask the server. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { isSearching } from '@/client/searches';
import { type Asked, written } from './filters';

export type Log = Shape<'LogAnswer'>;
export type Preview = Shape<'Preview'>;
export type FlowAnswer = Shape<'FlowAnswer'>;
export type BlockedStep = Shape<'BlockedStep'>;
export type Choices = Shape<'ChoicesAnswer'>;
export type Drift = Shape<'DriftAnswer'>;

export const isMoving = (state: string) => state === 'importing';
export const isReady = (log: Log) => log.state === 'ready';
const POLL = 800;

export const useLogs = () =>
  useQuery({
    queryKey: ['logs'],
    queryFn: () => answer(api.GET('/api/logs')),
    refetchInterval: (query) => (query.state.data?.some((log) => isMoving(log.state)) ? POLL : false),
  });
export const useLog = (id: string) =>
  useQuery({
    queryKey: ['log', id],
    queryFn: () => answer(api.GET('/api/logs/{log_id}', { params: { path: { log_id: id } } })),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? POLL : false),
  });
export const usePreview = (id: string) =>
  useQuery({
    queryKey: ['log-preview', id],
    queryFn: () => answer(api.GET('/api/logs/{log_id}/preview', { params: { path: { log_id: id } } })),
  });
/** Without a share of steps, a share of passages is of all steps. */
const shares = (paths: number | null, steps: number | null) => ({
  ...(paths === null ? {} : { paths }),
  ...(steps === null ? (paths === null ? {} : { steps: 1 }) : { steps }),
});
/**
 * Without a share, the server shows what stays readable and says what it leaves out; while a slider moves, waits
 * are rough and only the drawing follows.
 */
export const useFlow = (
  id: string,
  { paths, steps, stack }: Pick<Asked, 'paths' | 'steps' | 'stack'>,
  moving: boolean,
) =>
  useQuery({
    queryKey: ['flow', id, paths, steps, written(stack), moving],
    placeholderData: keepPreviousData,
    gcTime: moving ? 0 : undefined,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/logs/{log_id}/flow', {
          signal,
          params: {
            path: { log_id: id },
            query: {
              ...shares(paths, steps),
              filters: written(stack),
              moving,
            },
          },
        }),
      ),
  });
export const useChoices = (id: string) =>
  useQuery({
    queryKey: ['log-choices', id],
    queryFn: () => answer(api.GET('/api/logs/{log_id}/choices', { params: { path: { log_id: id } } })),
  });
export const useProcessMaps = () =>
  useQuery({
    queryKey: ['maps'],
    queryFn: () => answer(api.GET('/api/maps')),
    select: (maps) => maps.filter((each) => each.kind === 'process'),
  });
export const useBlocked = (id: string, filters: string) =>
  useQuery({
    queryKey: ['blocked', id, filters],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/blocked', { params: { path: { log_id: id }, query: { filters } } })),
  });
export const useWaits = (id: string, step: string, filters: string) =>
  useQuery({
    queryKey: ['waits', id, step, filters],
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/waits', { params: { path: { log_id: id }, query: { step, filters } } })),
  });
export const useCases = (id: string, step: string | null, blocked: boolean, filters: string) =>
  useInfiniteQuery({
    queryKey: ['log-cases', id, step, blocked, filters],
    initialPageParam: '',
    queryFn: ({ pageParam: after }) =>
      answer(
        api.GET('/api/logs/{log_id}/cases', {
          params: { path: { log_id: id }, query: { ...(step ? { step } : {}), blocked, after, filters } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
export const useDots = (id: string, filters: string, most?: number) =>
  useQuery({
    queryKey: ['log-dots', id, filters, most],
    queryFn: () =>
      answer(
        api.GET('/api/logs/{log_id}/dots', {
          params: { path: { log_id: id }, query: { filters, ...(most === undefined ? {} : { most }) } },
        }),
      ),
  });
export type Model = Shape<'ModelAnswer'>;
const modelKey = (id: string, filters: string) => ['log-model', id, filters];
export const useModel = (id: string, filters: string) =>
  useQuery({
    queryKey: modelKey(id, filters),
    refetchInterval: ({ state }) => (isSearching(state.data?.search) ? POLL : false),
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/model', { params: { path: { log_id: id }, query: { filters } } })),
  });
/** Ask for the search of a model; from then on the model says how far it is. */
export function useSearchModel(id: string, filters: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (patient: boolean) =>
      answer(api.POST('/api/logs/{log_id}/model', { params: { path: { log_id: id } }, body: { filters, patient } })),
    onSettled: () => queries.invalidateQueries({ queryKey: modelKey(id, filters) }),
  });
}
export type WorthAnswer = Shape<'WorthAnswer'>;
/** What the drawn flow is worth; asked beside it, so that it never waits. */
export const useWorth = (
  id: string,
  { paths, steps, stack }: Pick<Asked, 'paths' | 'steps' | 'stack'>,
  enabled: boolean,
) =>
  useQuery({
    enabled,
    queryKey: ['flow-worth', id, paths, steps, written(stack)],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/logs/{log_id}/flow/worth', {
          signal,
          params: { path: { log_id: id }, query: { ...shares(paths, steps), filters: written(stack) } },
        }),
      ),
  });
export const useReplay = (id: string, one: string) =>
  useQuery({
    queryKey: ['log-replay', id, one],
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/replay', { params: { path: { log_id: id }, query: { case: one } } })),
  });
export const useChanges = (id: string, filters: string) =>
  useQuery({
    queryKey: ['log-changes', id, filters],
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/changes', { params: { path: { log_id: id }, query: { filters } } })),
  });
export const useComparison = (id: string, before: string, after: string) =>
  useQuery({
    queryKey: ['log-comparison', id, before, after],
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/comparison', { params: { path: { log_id: id }, query: { before, after } } })),
  });
