/** Prospects not heard from for three years, as the server tells them, and what is decided on them. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';

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
export interface Dues {
  object: string;
  label: string;
  count: number;
  people: DuePerson[];
  kept: KeptPerson[];
}
const KEY = ['retention'];

export const useDues = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => http.get<Dues[]>('/api/retention', {}, signal) });

export function useAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
export const release = (object: string, ids: number[]) => http.post(`/api/retention/${object}/release`, { ids });
