/** A plan tried before it is applied: a copy of the CRM with a sample of the records, made anonymous. */
import { Button, Progress } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api } from '@/client/api';
import { useWork } from '@/client/jobs';
import { toastProblem } from '@/client/toast';
import { dayTime } from '@/lib/format';
import s from './PlanPage.module.css';
import type { Choices } from './queries';
import { useTranslation } from './texts';

/** The CRM is another one from here on: every screen starts anew. */
const goIn = () =>
  void answer(api.POST('/api/sandbox/enter'))
    .then(() => location.assign('/'))
    .catch(toastProblem);

export function Sandbox({ fates }: { fates: Choices }) {
  const { t } = useTranslation('blueprint');
  const known = useQuery({ queryKey: ['sandbox'], queryFn: () => answer(api.GET('/api/sandbox')) }).data;
  const entered = useCallback(goIn, []);
  const work = useWork(() => answer(api.POST('/api/sandbox', { body: { fates } })), entered);
  return (
    <section>
      <h2>{t('sandbox.title')}</h2>
      <p>{t('sandbox.lead')}</p>
      {work.busy && <Progress value={Math.max(4, work.progress * 100)} aria-label={t('sandbox.building')} my="sm" />}
      <div className={s.bar}>
        <Button
          variant="default"
          leftSection={<IconBox size={14} />}
          loading={work.busy}
          onClick={() => work.begin(undefined)}
        >
          {t('sandbox.try')}
        </Button>
        {known?.built_at && !work.busy && (
          <Button variant="subtle" onClick={goIn}>
            {t('sandbox.back', { when: dayTime(known.built_at) })}
          </Button>
        )}
      </div>
    </section>
  );
}
