/** What the map does not give a step where cases block, each with a proposal in one click. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem, toastUndo } from '@/client/toast';
import w from '@/design/work.module.css';
import { say } from '@/threads/queries';
import s from './Maps.module.css';
import { useTranslation } from './texts';

type Lack = Shape<'LackAnswer'>;
interface Props {
  map: string;
  step: string;
  log: string;
}
export default function Lacks({ map, step, log }: Props) {
  const { t } = useTranslation('maps');
  const { lacks, propose } = useLacks({ map, step, log });
  if (!lacks.data) return null;
  return (
    <section aria-label={t('lacks.title')}>
      <h3 className={w.title}>{t('lacks.title')}</h3>
      {lacks.data.length === 0 && <small>{t('lacks.none')}</small>}
      <ul className={s.lacks}>
        {lacks.data.map((each) => (
          <li key={each.lack}>
            <span>{each.sentence}</span>
            {each.given && <small>{t('lacks.given')}</small>}
            {each.proposal && <small>{t('lacks.waiting')}</small>}
            {each.may_propose && (
              <Button size="compact-xs" variant="default" onClick={() => void propose(each)}>
                {t('lacks.propose')}
              </Button>
            )}
            {each.may_propose && <small>{each.proposes}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
function useLacks({ map, step, log }: Props) {
  const { t } = useTranslation('maps');
  const queries = useQueryClient();
  const at = { path: { map_id: map, step } };
  const lacks = useQuery({
    queryKey: ['lacks', map, step, log],
    retry: false,
    queryFn: () => answer(api.GET('/api/maps/{map_id}/steps/{step}/lacks', { params: { ...at, query: { log } } })),
  });
  const again = () => Promise.all(['lacks', 'threads'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const propose = async ({ lack }: Lack) => {
    try {
      const made = await answer(api.POST('/api/maps/{map_id}/steps/{step}/lacks', { params: at, body: { lack, log } }));
      await again();
      toastUndo(t('lacks.proposed'), t('lacks.undo'), () => void back(made.thread));
    } catch (error) {
      toastProblem(error);
    }
  };
  const back = (thread: string) => say.close(thread, 'resolved', t('lacks.takenBack')).then(again, toastProblem);
  return { lacks, propose };
}
