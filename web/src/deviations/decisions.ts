/** What is decided about a deviation, with the way back of each. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { useTranslation } from './texts';

export type Deviation = Shape<'DeviationAnswer'>;
export type Conformance = Shape<'ConformanceAnswer'>;
/** The map and the log that a deviation lies between. */
export interface Between {
  map: string;
  log: string;
  filters: string;
}

/** What a line leads to, where the screen has it. */
export interface Way {
  /** Narrows to the cases that a stack of filters in JSON chooses. */
  onOnly?: ((stack: string) => void) | undefined;
  /** Brings the step where it lies into sight. */
  onStep?: ((step: string) => void) | undefined;
  /** Shows a case from one event to the next. */
  onCase?: ((one: string) => void) | undefined;
}
export const useConformance = ({ log, map, filters }: Between) =>
  useQuery({
    queryKey: ['conformance', log, map, filters],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/maps/{map_id}/conformance', { params: { path: { map_id: map }, query: { log, filters } } })),
  });
export function useDecisions({ map, log, filters }: Between) {
  const { t } = useTranslation('deviations');
  const queries = useQueryClient();
  const at = { params: { path: { map_id: map } } };
  const attempt = async (work: () => Promise<unknown>, done: () => void): Promise<boolean> => {
    try {
      await work();
      await Promise.all(
        [['conformance'], ['alignment'], ['overlay', map]].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      done();
      return true;
    } catch (error) {
      toastProblem(error);
      return false;
    }
  };
  const about = ({ key }: Deviation) => ({ key, log, filters });
  const withdrawn = (one: Deviation) =>
    answer(api.POST('/api/maps/{map_id}/deviations/withdraw', { ...at, body: { key: one.key } }));
  const undo = (message: string, back: () => Promise<boolean>) =>
    toastUndo(message, t('decide.undo'), () => void back());
  const accept = (one: Deviation, motive: string): Promise<boolean> =>
    attempt(
      () => answer(api.POST('/api/maps/{map_id}/deviations/accept', { ...at, body: { ...about(one), motive } })),
      () =>
        undo(t('decide.accepted'), () =>
          attempt(
            () => withdrawn(one),
            () => toast(t('decide.withdrawn')),
          ),
        ),
    );
  const withdraw = (one: Deviation): Promise<boolean> =>
    attempt(
      () => withdrawn(one),
      () => undo(t('decide.withdrawn'), () => accept(one, one.decision?.motive ?? '')),
    );
  const given = (one: Deviation, person: number | null, due_on: string | null) =>
    answer(api.POST('/api/maps/{map_id}/deviations/assign', { ...at, body: { ...about(one), person, due_on } }));
  const assign = (one: Deviation, person: number | null, due: string | null): Promise<boolean> => {
    const before = one.decision;
    return attempt(
      () => given(one, person, due),
      () =>
        undo(t(person === null ? 'decide.takenFrom' : 'decide.given'), () =>
          attempt(
            () => given(one, before?.owner ?? null, before?.due_on ?? null),
            () => toast(t('decide.asBefore')),
          ),
        ),
    );
  };
  const adopt = (one: Deviation): Promise<boolean> =>
    attempt(
      () => answer(api.POST('/api/maps/{map_id}/deviations/adopt', { ...at, body: about(one) })),
      () =>
        undo(t('decide.proposed'), () =>
          attempt(
            () => answer(api.POST('/api/maps/{map_id}/deviations/take-back', { ...at, body: { key: one.key } })),
            () => toast(t('decide.takenBack')),
          ),
        ),
    );
  return { accept, withdraw, assign, adopt };
}
