/** A dry run: what a rule would have done in the last month, record by record. Nothing is changed. */
import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Await } from '@/design/states';
import { Badge, type Tone } from '@/design/ui';
import { dayTime, integer } from '@/lib/format';
import { type Rehearsal, type Rule, useRehearsal } from './queries';
import s from './Rules.module.css';
import { useTranslation } from './texts';

const TONES: Record<string, Tone> = { fired: 'green', waiting: 'accent', cancelled: 'neutral' };

export function RehearsalDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { t } = useTranslation('automation');
  const rehearsal = useRehearsal(rule.uid);
  return (
    <Modal opened size="lg" onClose={onClose} title={t('rehearsal')} closeButtonProps={{ 'aria-label': t('close') }}>
      <p className={s.lead}>{rule.say}.</p>
      <Await query={rehearsal} rows={4}>
        {(data) => <Told rehearsal={data} />}
      </Await>
    </Modal>
  );
}
function Told({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t } = useTranslation('automation');
  const { counts, rows, object } = rehearsal;
  const { fired = 0, cancelled = 0, skipped = 0 } = counts;
  return (
    <>
      <p className={s.count}>
        <b className="num">{integer(fired)}</b> {t('wouldFire', { count: fired })}
        <small>{t('wouldNot', { cancelled: integer(cancelled), skipped: integer(skipped) })}</small>
      </p>
      <ul className={s.rows}>
        {rows.map((row) => (
          <li key={`${row.row_id}${row.at}`}>
            <Link to="/fiches/$object/$id" params={{ object, id: String(row.row_id) }}>
              {row.title}
            </Link>
            <Badge tone={TONES[row.outcome]}>{t(`would.${row.outcome}`)}</Badge>
            <time dateTime={row.due_at}>{dayTime(row.due_at)}</time>
          </li>
        ))}
      </ul>
      <p className={s.quiet}>{t('asToday')}</p>
    </>
  );
}
