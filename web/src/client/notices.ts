/** What the product tells the person, and where each thing leads. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from './api';
import type { Schema } from './schema';
import { toastProblem } from './toast';

export type Notice = Shape<'NoticeOut'>;
const KEY = ['notices'];
export const useNotices = () => useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/api/notices')) });

export function useSeen() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => answer(api.POST('/api/notices/seen', { body: { ids } })),
    onError: toastProblem,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
/** The address of what a notice is about: an element of a map with its discussions, or a record. */
export function addressOf(subject: string, schema: Schema | undefined): string | null {
  const [about, element] = subject.split('#');
  const [kind, id] = (about ?? '').split(':');
  if (!kind || !id) return null;
  if (kind === 'map') return `/cartes/${id}${element ? `?element=${element}&onglet=discussions` : ''}`;
  if (kind === 'term') return '/glossaire';
  if (kind === 'quality') return '/qualite';
  const object = schema?.objects.find((each) => each.uid === kind);
  return object ? `/fiches/${object.name}/${id}` : null;
}
