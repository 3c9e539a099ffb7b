/** What the screens of imports ask the server. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';

export interface Counts {
  lines: number;
  create: number;
  update: number;
  skip: number;
  refused: number;
  left_out: number;
  forced: number;
  /** Records made beside, because a line names them; absent from imports of before. */
  linked?: number;
}
export type State =
  'columns' | 'looking' | 'looked' | 'importing' | 'imported' | 'stopped' | 'failed' | 'undoing' | 'undone';
export interface ImportRow {
  id: string;
  object: string;
  name: string;
  state: State;
  progress: number | null;
  message: string;
  error: string;
  at: string;
  ended_at: string | null;
  by: string;
  result: Counts | null;
  undone: { binned: number; given_back: number; kept: number } | null;
  live: boolean;
}
export interface Choices {
  columns: Record<string, string>;
  title: string[];
  keys: string[];
  source: string;
  mode: 'both' | 'create' | 'update';
  fill: boolean;
  lenient: boolean;
  clean: boolean;
  live: boolean;
  pipeline: string | null;
  motive: string;
  day_first: boolean | null;
  /** Links whose records are made when nobody knows them. */
  make: string[];
}
export interface Proposal {
  value: number | string;
  label: string;
  score: number;
  why: 'letters' | 'slip' | 'near' | 'several';
}
export interface Unknown {
  target: string;
  distinct: number;
  values: { said: string; count: number; proposals: Proposal[] }[];
}
export interface Sample {
  line: number;
  row: number | null;
  key: string;
  hint: string;
  stage: string | null;
  /** What its links name that is made with it; absent from reports of before. */
  beside?: Record<string, string>;
  values: Record<string, unknown>;
  changes: Record<string, [unknown, unknown]>;
  problems: string[];
  cells: string[];
}
export interface Report {
  counts: Counts;
  hints: Record<string, number>;
  reasons: { say: string; count: number }[];
  samples: Partial<Record<'create' | 'update' | 'skip' | 'refused', Sample[]>>;
  cleaned: Record<string, { count: number; examples: [string, string][] }>;
  unknown: Unknown[];
  unsure_dates: string[];
  /** By link, how many lines name what; absent from reports of before, as is what will be made. */
  links?: Record<string, Partial<Record<LinkFate, number>>>;
  making?: Unknown[];
}
export const LINK_FATES = ['found', 'made', 'names_several', 'names_alike', 'not_known'] as const;
export type LinkFate = (typeof LINK_FATES)[number];
export interface Import extends ImportRow {
  header: string[];
  /** The sheets of a workbook that has several, and the one that is read. */
  sheets: { name: string; lines: number | null }[];
  sheet: string;
  samples: { column: string; values: string[] }[];
  preset: string;
  choices: Choices;
  targets: string[];
  /** Links whose records this person may have made by their name alone. */
  makeable: string[];
  title: string;
  report: Report | null;
  may_override: boolean;
}
const MOVING = new Set<State>(['looking', 'importing', 'undoing']);
export const isMoving = (state: State) => MOVING.has(state);
const POLL = 600;

export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => http.get<ImportRow[]>('/api/imports', {}, signal),
    refetchInterval: (query) => (query.state.data?.some(({ state }) => isMoving(state)) ? POLL : false),
  });
export const useImport = (id: string) =>
  useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => http.get<Import>(`/api/imports/${id}`, {}, signal),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? POLL : false),
  });
export const useKept = (id: string, asked: boolean) =>
  useQuery({
    queryKey: ['import', id, 'kept'],
    enabled: asked,
    queryFn: ({ signal }) =>
      http.get<{ object: string; id: number; title: string; why: string }[]>(`/api/imports/${id}/kept`, {}, signal),
  });
export const useOptions = (id: string, target: string, words: string, asked: boolean) =>
  useQuery({
    queryKey: ['import', id, 'options', target, words],
    enabled: asked,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      http.get<{ value: number | string; label: string }[]>(`/api/imports/${id}/options`, { target, words }, signal),
  });

/** One act on an import; the screen follows what it becomes. */
export function useAct<A>(act: (argument: A) => Promise<unknown>, onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onError: toastProblem,
    onSuccess: async () => {
      await Promise.all(['import', 'imports'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      onDone();
    },
  });
}
