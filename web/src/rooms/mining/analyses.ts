/** Saved analyses of a log: what its address held, under a name. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { type Asked, searchOf } from './filters';
import { useTranslation } from './texts';

export type Analysis = Shape<'AnalysisAnswer'>;
export type NewAnalysis = Shape<'AnalysisIn'>;

/** What an analysis keeps of the screen: how it is looked at, not which analysis was opened. */
export const kept = (asked: Asked): Record<string, unknown> => ({ ...searchOf({ ...asked, analysis: null }) });

export const useAnalyses = (log: string) =>
  useQuery({
    queryKey: ['analyses', log],
    queryFn: () => answer(api.GET('/api/logs/{log_id}/analyses', { params: { path: { log_id: log } } })),
  });
export function useKeeping(log: string) {
  const { t } = useTranslation('mining');
  const queries = useQueryClient();
  const attempt = async <T>(work: () => Promise<T>, done: (made: T) => void): Promise<void> => {
    try {
      const made = await work();
      await queries.invalidateQueries({ queryKey: ['analyses', log] });
      done(made);
    } catch (error) {
      toastProblem(error);
    }
  };
  const at = (id: string) => ({ params: { path: { analysis_id: id } } });
  const restore = (id: string, name: string) =>
    attempt(
      () => answer(api.POST('/api/analyses/{analysis_id}/restore', at(id))),
      () => toast(t('analyses.saved', { name })),
    );
  return {
    save: (body: NewAnalysis, then: (made: Analysis) => void) =>
      attempt(
        () => answer(api.POST('/api/logs/{log_id}/analyses', { params: { path: { log_id: log } }, body })),
        (made) => {
          toast(t('analyses.saved', { name: made.name }));
          then(made);
        },
      ),
    change: (id: string, body: NewAnalysis, then: (made: Analysis) => void) =>
      attempt(
        () => answer(api.PUT('/api/analyses/{analysis_id}', { ...at(id), body })),
        (made) => {
          toast(t('analyses.saved', { name: made.name }));
          then(made);
        },
      ),
    remove: ({ id, name }: Analysis) =>
      attempt(
        () => answer(api.DELETE('/api/analyses/{analysis_id}', at(id))),
        () => toastUndo(t('analyses.removed', { name }), t('analyses.undo'), () => void restore(id, name)),
      ),
  };
}
