/** Whether the scenarios of the published maps are green on exactly what would be built, and a way to play them. */
import { Button, Progress } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api } from '@/client/api';
import { useWork } from '@/client/jobs';
import { Badge } from '@/design/ui';
import s from './PlanPage.module.css';
import type { Plan } from './queries';
import { useTranslation } from './texts';

const TONES = { green: 'green', red: 'red', not_run: 'neutral' } as const;
export const unproven = (plan: Plan) => plan.scenarios.filter((each) => each.state !== 'green');

export function Scenarios({ plan }: { plan: Plan }) {
  const { t } = useTranslation('blueprint');
  const queries = useQueryClient();
  const read = useCallback(() => void queries.invalidateQueries({ queryKey: ['plan'] }), [queries]);
  const play = useWork(
    () => answer(api.POST('/api/plan/scenarios', { params: { query: { phase: plan.phase } } })),
    read,
  );
  if (!plan.scenarios.length) return null;
  return (
    <section>
      <h2>{t('scenarios.title')}</h2>
      <ul className={s.list}>
        {plan.scenarios.map((each) => (
          <li key={each.map}>
            <Badge tone={TONES[each.state]}>{t(`scenarios.${each.state}`)}</Badge>
            <span>{each.title}</span>
            {each.state !== 'not_run' && (
              <small>{t('scenarios.count', { green: each.green, total: each.total })}</small>
            )}
            {each.red.length > 0 && <p className={s.warn}>{each.red.join(' · ')}</p>}
          </li>
        ))}
      </ul>
      {play.busy && <Progress value={Math.max(4, play.progress * 100)} aria-label={t('scenarios.playing')} my="sm" />}
      <Button
        variant="default"
        mt="sm"
        leftSection={<IconPlayerPlay size={14} />}
        loading={play.busy}
        onClick={() => play.begin(undefined)}
      >
        {t('scenarios.play')}
      </Button>
      {unproven(plan).length > 0 && !plan.may_override && <p className={s.warn}>{t('scenarios.held')}</p>}
    </section>
  );
}
