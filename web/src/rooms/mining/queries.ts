/** What the screens of the logs ask the server. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { http } from '@/client/http';

export interface Log {
  id: string;
  name: string;
  state: string;
  events: number | null;
  cases: number | null;
  steps: number | null;
  from: string | null;
  to: string | null;
  source?: string | null;
  credit?: string | null;
  job?: string | null;
  progress?: number | null;
  error?: string | null;
}
export interface Column {
  name: string;
  guess: string;
  runner_up?: string | null;
  confidence?: number | null;
  format?: string | null;
  samples: string[];
}
export interface Preview {
  kind: 'csv' | 'xes';
  columns: Column[];
  questions: (string | { say?: string; detail?: string })[];
}
export interface FlowStep {
  id: string;
  label: string;
  cases: number;
  events: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  starts: number;
  ends: number;
}
export interface FlowEdge {
  id: string;
  source: string;
  target: string;
  count: number;
  cases: number;
  median_seconds: number | null;
}
export interface Variant {
  steps: string[];
  cases: number;
  share: number;
  median_seconds: number | null;
}
export interface FlowAnswer {
  cases: number;
  events: number;
  from: string;
  to: string;
  steps: FlowStep[];
  edges: FlowEdge[];
  variants: Variant[];
  sentence: string | null;
}
export interface BlockedStep {
  step: string;
  label: string;
  blocked_share: number | null;
  low: number | null;
  high: number | null;
  waiting_cases: number | null;
  too_early: boolean;
}
export interface CaseRow {
  case: string;
  started: string;
  ended: string | null;
  steps: number;
  waiting_seconds: number | null;
  amount: string | number | null;
}
const MOVING = new Set(['queued', 'running', 'importing', 'reading']);
export const isMoving = (state: string) => MOVING.has(state);
export const isReady = (log: Log) => (log.cases ?? 0) > 0 && !isMoving(log.state);
const POLL = 800;

export const useLogs = () =>
  useQuery({
    queryKey: ['logs'],
    queryFn: () => http.get<Log[]>('/api/logs'),
    refetchInterval: (query) => (query.state.data?.some((log) => isMoving(log.state)) ? POLL : false),
  });
export const useLog = (id: string) =>
  useQuery({
    queryKey: ['log', id],
    queryFn: () => http.get<Log>(`/api/logs/${id}`),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? POLL : false),
  });
export const usePreview = (id: string) =>
  useQuery({ queryKey: ['log-preview', id], queryFn: () => http.get<Preview>(`/api/logs/${id}/preview`) });
export const useFlow = (id: string, paths: number) =>
  useQuery({
    queryKey: ['flow', id, paths],
    placeholderData: keepPreviousData,
    queryFn: () => http.get<FlowAnswer>(`/api/logs/${id}/flow`, { paths, steps: 1 }),
  });
export const useBlocked = (id: string) =>
  useQuery({
    queryKey: ['blocked', id],
    queryFn: () => http.get<{ steps: BlockedStep[]; sentence: string | null }>(`/api/logs/${id}/blocked`),
  });
export const useCases = (id: string, step: string | null) =>
  useInfiniteQuery({
    queryKey: ['log-cases', id, step],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      http.get<{ rows: CaseRow[]; next: string | null }>(`/api/logs/${id}/cases`, { step, after: pageParam }),
    getNextPageParam: (page) => page.next,
  });
