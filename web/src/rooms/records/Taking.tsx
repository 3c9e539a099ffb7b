/** Who is to take the record up and until when: one button for them, and who had it, why, on demand. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { dayTime } from '@/lib/format';
import s from './RecordPage.module.css';
import { useDecisions, useTake, useTurn } from './taking';
import { useTranslation } from './texts';

export function Taking({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const turn = useTurn(object, id).data;
  const take = useTake(object, id);
  if (!turn) return null;
  const when = dayTime(turn.due_at);
  return (
    <section className={s.panel} aria-label={t('taking.title')}>
      <h3>{t('taking.title')}</h3>
      <p className={s.motive}>
        {turn.mine ? t('taking.yours', { when }) : t('taking.theirs', { name: turn.person ?? '–', when })}
      </p>
      {turn.mine && (
        <Button size="compact-sm" loading={take.isPending} onClick={() => take.mutate()}>
          {t('taking.take')}
        </Button>
      )}
      <Past object={object} id={id} />
    </section>
  );
}
function Past({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const [open, setOpen] = useState(false);
  const decisions = useDecisions(object, id, open).data ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('taking.past')}</summary>
      <ul>
        {decisions.map((each) => (
          <li key={each.at}>
            <time dateTime={each.at}>{dayTime(each.at)}</time> {each.person?.name ?? '–'} – {each.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
