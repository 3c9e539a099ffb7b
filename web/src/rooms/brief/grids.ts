/** What the grid asks the server, and what its guests ask. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { refusal } from '@/client/http';
import { toastProblem } from '@/client/toast';

export type Grid = Shape<'GridOut'>;
export type Criterion = Shape<'CriterionOut'>;
export type Column = Shape<'ColumnOut'>;
export type Cell = Shape<'CellOut'>;
export type Total = Shape<'TotalOut'>;
export type Sheet = Shape<'SheetOut'>;
export type Question = Shape<'QuestionOut'>;
export type Score = Shape<'ScoreIn'>;
export const THEMES = ['processes', 'automations', 'integrations', 'use_cases', 'configuration'] as const;
export const SCORES = [0, 1, 2, 3] as const;
/** What a proof may be, as the server keeps it. */
export const PROOFS = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.txt,.csv';

const KEY = ['grids'];
export const useGrids = () => useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/api/grids')) });
export const useGrid = (id: string | undefined) =>
  useQuery({
    queryKey: [...KEY, id],
    enabled: id !== undefined,
    queryFn: () => answer(api.GET('/api/grids/{grid_id}', { params: { path: { grid_id: id ?? '' } } })),
  });
export const useHistory = (id: string) =>
  useQuery({
    queryKey: [...KEY, id, 'history'],
    queryFn: () => answer(api.GET('/api/grids/{grid_id}/history', { params: { path: { grid_id: id } } })),
  });
/** A change to a grid, which is then read again. */
export function useGridChange<A, R>(change: (argument: A) => Promise<R>, then?: (result: R) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onError: toastProblem,
    onSuccess: async (result) => {
      then?.(result);
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
}
const of = (grid_id: string) => ({ params: { path: { grid_id } } });
const cell = (vendor: string, criterion: string) => ({ params: { path: { vendor, criterion } } });
export const grids = {
  draw: (title: string) => answer(api.POST('/api/grids', { body: { title } })),
  redraw: (id: string) => answer(api.POST('/api/grids/{grid_id}/redraw', of(id))),
  ask: (id: string, body: Shape<'AskIn'>) => answer(api.POST('/api/grids/{grid_id}/criteria', { ...of(id), body })),
  weigh: (grid_id: string, criterion: string, weight: number) =>
    answer(
      api.PUT('/api/grids/{grid_id}/criteria/{criterion}', {
        params: { path: { grid_id, criterion } },
        body: { weight },
      }),
    ),
  add: (id: string, name: string) => answer(api.POST('/api/grids/{grid_id}/vendors', { ...of(id), body: { name } })),
  remove: (grid_id: string, vendor: string) =>
    answer(api.DELETE('/api/grids/{grid_id}/vendors/{vendor}', { params: { path: { grid_id, vendor } } })),
  restore: (grid_id: string, vendor: string) =>
    answer(api.POST('/api/grids/{grid_id}/vendors/{vendor}/restore', { params: { path: { grid_id, vendor } } })),
  score: (vendor: string, criterion: string, body: Score) =>
    answer(api.PUT('/api/vendors/{vendor}/criteria/{criterion}', { ...cell(vendor, criterion), body })),
  invite: (vendor: string, days: number) =>
    answer(api.POST('/api/vendors/{vendor}/invitation', { params: { path: { vendor } }, body: { days } })),
  revoke: (vendor: string) => answer(api.DELETE('/api/vendors/{vendor}/invitation', { params: { path: { vendor } } })),
};
export const proofAt = (vendor: string, criterion: string) => `/api/vendors/${vendor}/criteria/${criterion}/proof`;

/** Asks as the guest of a link: its token is the only key. */
async function asGuest<T>(token: string, path: string, init: RequestInit = {}): Promise<T> {
  const headers = { ...init.headers, Accept: 'application/json', 'X-Evaluation': token };
  const response = await fetch(`/api/evaluation${path}`, { ...init, headers, credentials: 'omit' });
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}
export const useSheet = (token: string) =>
  useQuery({ queryKey: ['evaluation', token], retry: false, queryFn: () => asGuest<Sheet>(token, '') });
export const guest = {
  answer: (token: string, id: string, body: Score) =>
    asGuest<null>(token, `/${id}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  prove: (token: string, id: string, file: File) => {
    const body = new FormData();
    body.append('file', file);
    return asGuest<Shape<'FileOut'>>(token, `/${id}/proof`, { method: 'POST', body });
  },
};
