/** People as those who manage them see them. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { Words } from '@/client/schema';
import { toastProblem } from '@/client/toast';

export interface Member {
  id: number;
  name: string;
  email: string;
  initials: string;
  hue: number;
  roles: string[];
  teams: number[];
  territory: string;
  is_admin: boolean;
  is_active: boolean;
  /** Whether they have chosen a password. */
  may_sign_in: boolean;
  last_login: string | null;
}
export interface Team {
  id: number;
  name: string;
  parent: number | null;
}
export interface Roster {
  people: Member[];
  teams: Team[];
}
export interface Given {
  scope: 'none' | 'own' | 'team' | 'territory' | 'all';
  by: Words[];
}
export interface Granted {
  object: string;
  label: Words;
  verbs: Record<'create' | 'read' | 'update' | 'delete' | 'export' | 'override', Given>;
  hidden: Words[];
  read_only: Words[];
}
export const useRoster = () => useQuery({ queryKey: ['roster'], queryFn: () => http.get<Roster>('/api/roster') });
export const useGranted = (id: number) =>
  useQuery({ queryKey: ['granted', id], queryFn: () => http.get<Granted[]>(`/api/people/${id}/rights`) });

/** Does something to people and shows what came of it. */
export function useManaging() {
  const queries = useQueryClient();
  return async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      const done = await work();
      await Promise.all(['roster', 'people', 'granted'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      return done;
    } catch (error) {
      toastProblem(error);
      return undefined;
    }
  };
}
/** Looks through the eyes of a person from now on, or through one's own: everything known so far is forgotten. */
export async function lookThrough(eyes: number | 'mine') {
  await http.post(eyes === 'mine' ? '/api/session/myself' : `/api/people/${eyes}/see`);
  location.assign('/');
}
export const linkOf = (link: string) => `${location.origin}/bienvenue?lien=${encodeURIComponent(link)}`;
