/** Prospects not heard from for three years, as the server tells them, and what is decided on them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';

export interface DuePerson {
  id: number;
  title: string;
  collected_at: string;
  heard_at: string | null;
  consents: { purpose: string; basis: string; given: boolean; said_at: string }[];
}
export interface KeptPerson {
  id: number;
  title: string;
  motive: string;
  until: string;
  by: string | null;
}
/** People decided on at once. */
export const MOST = 200;
export interface Dues {
  object: string;
  label: string;
  count: number;
  people: DuePerson[];
  next: string | null;
  kept: KeptPerson[];
}
const KEY = ['retention'];

export const useDues = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => http.get<Dues[]>('/api/retention', {}, signal) });

type Page = Pick<Dues, 'people' | 'next'>;
/** Those of an object who are due, page after page; what is known anew begins again at the first. */
export function usePages(dues: Dues) {
  const [read, setRead] = useState({ dues, pages: [] as Page[] });
  const pages = read.dues === dues ? read.pages : [];
  const next = (pages.at(-1) ?? dues).next;
  const more = useMutation({
    mutationFn: () => http.get<Page>(`/api/retention/${dues.object}`, { after: next }),
    onError: toastProblem,
    onSuccess: (page) => setRead({ dues, pages: [...pages, page] }),
  });
  return { people: [dues, ...pages].flatMap(({ people }) => people), next, more: more.mutate, busy: more.isPending };
}
export function useAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
export const release = (object: string, ids: number[]) => http.post(`/api/retention/${object}/release`, { ids });
