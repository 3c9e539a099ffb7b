/** The contracts of one's own that renew soon, the nearest first; until when one may still say no. */
import { Link } from '@tanstack/react-router';
import { Badge } from '@/design/ui';
import { integer, money, shortDay } from '@/lib/format';
import { dayOf } from './activities/dates';
import s from './DayPage.module.css';
import './day/texts';
import { useTranslation } from './texts';

export interface Renewal {
  object: string;
  id: number;
  title: string;
  account: string | null;
  renews_on: string;
  amount?: string | null;
  /** The last day to give notice, when it renews by itself and its notice is known. */
  notice_by: string | null;
}
export function Renewals({ contracts }: { contracts: Renewal[] }) {
  const { t } = useTranslation('records');
  return (
    <section className={s.part} aria-label={t('day:renewals')}>
      <h2>
        {t('day:renewals')} <small className="num">{integer(contracts.length)}</small>
      </h2>
      <ul className={s.adrift}>
        {contracts.map((each) => (
          <Line key={each.id} contract={each} />
        ))}
      </ul>
    </section>
  );
}
function Line({ contract }: { contract: Renewal }) {
  const { t } = useTranslation('records');
  const { object, id, title, account, amount, renews_on, notice_by } = contract;
  const gone = notice_by !== null && notice_by < dayOf(new Date());
  return (
    <li data-item tabIndex={-1}>
      <div>
        <Link to="/fiches/$object/$id" params={{ object, id: String(id) }}>
          {title}
        </Link>
        <p className={s.about}>
          {account && <span>{account}</span>}
          {amount && <b className="num">{money(amount)}</b>}
          <span>{t('day:renews', { when: shortDay(renews_on) })}</span>
          {notice_by && (
            <Badge tone={gone ? 'amber' : 'neutral'}>
              {t(gone ? 'day:noticeGone' : 'day:noticeBy', { when: shortDay(notice_by) })}
            </Badge>
          )}
        </p>
      </div>
    </li>
  );
}
