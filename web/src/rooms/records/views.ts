/** Saved views: what the address held, under a name. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';
import { toast, toastProblem } from '@/client/toast';
import type { Named } from '@/sharing/Naming';
import type { ViewSearch } from './search';
import { useTranslation } from './texts';

export interface View extends Named {
  id: number;
  search: ViewSearch;
  author: string;
  mine: boolean;
  may_update: boolean;
}
export interface Of {
  object: string;
  pipeline?: string | undefined;
}
export type NewView = Named & Pick<View, 'search'>;
/** What a view keeps of the address: nothing but what narrows, sorts and groups. */
export function kept(search: ViewSearch): ViewSearch {
  const { vue, mots, tri, filtres, facettes, si, colonnes, largeurs, mesures, groupe, date, debut, fin, pas } = search;
  return { vue, mots, tri, filtres, facettes, si, colonnes, largeurs, mesures, groupe, date, debut, fin, pas };
}
export const useViews = ({ object, pipeline }: Of) =>
  useQuery({
    queryKey: ['views', object, pipeline],
    queryFn: () => http.get<View[]>('/api/views', { object_name: object, pipeline }),
  });
export function useSaving({ object, pipeline }: Of) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const attempt = async <T>(work: () => Promise<T>, said: string): Promise<T | undefined> => {
    try {
      const done = await work();
      await queries.invalidateQueries({ queryKey: ['views', object, pipeline] });
      toast(said);
      return done;
    } catch (error) {
      toastProblem(error);
      return undefined;
    }
  };
  return {
    save: async (view: NewView) => {
      const body = { ...view, object_name: object, pipeline };
      return (await attempt(() => http.post<{ id: number }>('/api/views', body), t('views.saved', { name: view.name })))
        ?.id;
    },
    replace: (id: number, view: NewView) =>
      attempt(() => http.put(`/api/views/${id}`, view), t('views.saved', { name: view.name })),
    drop: ({ id, name }: View) => attempt(() => http.delete(`/api/views/${id}`), t('views.dropped', { name })),
  };
}
