/** What the screens of the logs ask the server. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';

export type Log = Shape<'LogAnswer'>;
export type Preview = Shape<'Preview'>;
export type FlowAnswer = Shape<'FlowAnswer'>;
export type BlockedStep = Shape<'BlockedStep'>;

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
/** Without a share, the server shows what stays readable and says what it leaves out. */
export const useFlow = (id: string, paths: number | null) =>
  useQuery({
    queryKey: ['flow', id, paths],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET('/api/logs/{log_id}/flow', {
          params: { path: { log_id: id }, query: paths === null ? {} : { paths, steps: 1 } },
        }),
      ),
  });
export const useBlocked = (id: string) =>
  useQuery({
    queryKey: ['blocked', id],
    queryFn: () => answer(api.GET('/api/logs/{log_id}/blocked', { params: { path: { log_id: id } } })),
  });
export const useWaits = (id: string, step: string) =>
  useQuery({
    queryKey: ['waits', id, step],
    queryFn: () => answer(api.GET('/api/logs/{log_id}/waits', { params: { path: { log_id: id }, query: { step } } })),
  });
export const useCases = (id: string, step: string | null, blocked: boolean) =>
  useInfiniteQuery({
    queryKey: ['log-cases', id, step, blocked],
    initialPageParam: '',
    queryFn: ({ pageParam: after }) =>
      answer(
        api.GET('/api/logs/{log_id}/cases', {
          params: { path: { log_id: id }, query: { ...(step ? { step } : {}), blocked, after } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
