/** What is being built, step by step, or why it was not; the same once the page is loaded again. */
import { Button, Progress } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconLoader2 } from '@tabler/icons-react';
import { Refused } from '@/design/Refused';
import { type Applying as Work, isLive, useStop } from './applying';
import s from './PlanPage.module.css';
import { useTranslation } from './texts';

const STEPS: readonly Work['step'][] = ['lock', 'records', 'schema', 'backfill', 'indexes', 'checks'];
const stepsOf = (work: Work) => (work.kind === 'take' ? (['scenarios', ...STEPS] as const) : STEPS);
const PERCENT = 100;

export function Applying({ work }: { work: Work }) {
  const { t } = useTranslation('blueprint');
  const stop = useStop(work.job);
  if (work.state === 'failed')
    return (
      <Refused flex="none" title={t(`applying.failed.${work.kind}`)}>
        {work.error} {t('applying.unchanged')}
      </Refused>
    );
  if (!isLive(work)) return null;
  const steps = stepsOf(work);
  const here = steps.indexOf(work.step);
  const title = t(`applying.title.${work.kind}`);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p role="status">{t(`applying.step.${work.step}`)}</p>
      <Progress value={Math.max(2, work.progress * PERCENT)} aria-label={title} mb="sm" />
      <ol className={s.steps}>
        {steps.map((step, index) => (
          <li key={step} aria-current={index === here ? 'step' : undefined} data-later={index > here || undefined}>
            {index < here ? (
              <IconCircleCheckFilled size={15} color="var(--pt-green)" aria-hidden />
            ) : index === here ? (
              <IconLoader2 size={15} aria-hidden />
            ) : (
              <IconCircle size={15} aria-hidden />
            )}
            {t(`applying.step.${step}`)}
          </li>
        ))}
      </ol>
      {work.may_stop ? (
        <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('applying.stop')}
        </Button>
      ) : (
        <p className={s.quiet}>
          {here >= steps.indexOf('lock') ? t('applying.tooLate') : t('applying.by', { name: work.by ?? '–' })}
        </p>
      )}
    </section>
  );
}
