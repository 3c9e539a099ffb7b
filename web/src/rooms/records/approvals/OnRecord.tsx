/** What a record waits for, on top of its page, and what was decided about it before. */
import { IconLock } from '@tabler/icons-react';
import { Badge } from '@/design/ui';
import { ago } from '@/lib/format';
import r from '../RecordPage.module.css';
import { useTranslation } from '../texts';
import s from './Approvals.module.css';
import { Decide } from './Decide';
import { type Request, useAsked } from './queries';

interface Props {
  object: string;
  id: string;
}
export function Locked({ object, id }: Props) {
  const { t } = useTranslation('records');
  const waiting = (useAsked(object, id).data ?? []).filter((each) => each.state === 'asked');
  if (!waiting.length) return null;
  return (
    <section className={s.locked} aria-label={t('approval.locked')}>
      <h3>
        <IconLock size={15} aria-hidden /> {t('approval.locked')}
      </h3>
      <p className={s.who}>{t('approval.lockedLead')}</p>
      <ul className={s.list}>
        {waiting.map((each) => (
          <li key={each.id}>
            <Decide request={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}
export function Decided({ object, id }: Props) {
  const { t } = useTranslation('records');
  const decided = (useAsked(object, id).data ?? []).filter((each) => each.state !== 'asked');
  if (!decided.length) return null;
  return (
    <section className={r.panel}>
      <h3>{t('approval.decided')}</h3>
      <ol className={r.timeline}>
        {decided.map((each) => (
          <Line key={each.id} request={each} />
        ))}
      </ol>
    </section>
  );
}
const TONES = { granted: 'green', refused: 'red', withdrawn: 'neutral' } as const;
function Line({ request }: { request: Request }) {
  const { t } = useTranslation('records');
  const state = request.state as keyof typeof TONES;
  return (
    <li>
      <div>
        <p>
          {request.label} <Badge tone={TONES[state]}>{t(`approval.state.${state}`)}</Badge>
        </p>
        {request.answer && <p className={r.motive}>{request.answer}</p>}
        <small>
          {request.decided_by}{' '}
          {request.decided_at && <time dateTime={request.decided_at}>{ago(request.decided_at)}</time>}
        </small>
      </div>
    </li>
  );
}
