/** Who is signed in and what they may do. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { forget } from './device';
import { http } from './http';
import { Problem } from './problem';

export type Verb = 'create' | 'read' | 'update' | 'delete' | 'export' | 'override';
export interface Session {
  user: { id: number; name: string; email: string; lang: 'fr' | 'en'; initials: string; hue: number };
  roles: string[];
  is_admin: boolean;
  rights: Record<string, Partial<Record<Verb, boolean>>>;
  may: Partial<Record<'maps' | 'publish' | 'apply' | 'logs' | 'people', boolean>>;
  schema_version: number;
  company: string;
  /** The administrator who looks through this person's eyes, if any. */
  seen_by: string;
  /** Whether one works in a sandbox rather than in the real CRM. */
  sandbox?: boolean;
  /** Where the live channel answers; null when it does not run. */
  live?: string | null;
}
export const SessionContext = createContext<Session | null>(null);
/** The session of a signed-in screen. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('No session here: this screen is shown before sign-in');
  return session;
}
export function useSessionQuery() {
  return useQuery({
    queryKey: ['session'],
    staleTime: 60_000,
    retry: (count, error) => !(error instanceof Problem && error.status > 0) && count < 2,
    queryFn: () => http.get<Session>('/api/session'),
  });
}
export async function signIn(email: string, password: string): Promise<void> {
  await http.get('/api/session').catch(() => null);
  await http.post('/_allauth/browser/v1/auth/login', { email, password });
}
/** Signing out answers 401 by design: the session is gone. */
export function useSignOut() {
  const queries = useQueryClient();
  const { user } = useSession();
  return async () => {
    await http.delete('/_allauth/browser/v1/auth/session').catch(() => null);
    queries.clear();
    forget(user.id);
    location.assign('/connexion');
  };
}
