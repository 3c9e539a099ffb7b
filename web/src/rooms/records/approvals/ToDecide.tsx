/** What waits for one's decision, in one's day. */
import { Link } from '@tanstack/react-router';
import { integer } from '@/lib/format';
import { useTranslation } from '../texts';
import s from './Approvals.module.css';
import { Decide } from './Decide';
import { useToDecide } from './queries';

export function ToDecide({ className }: { className?: string }) {
  const { t } = useTranslation('records');
  const waiting = useToDecide().data ?? [];
  if (!waiting.length) return null;
  return (
    <section className={className} aria-label={t('approval.mine')}>
      <h2>
        {t('approval.mine')} <small className="num">{integer(waiting.length)}</small>
      </h2>
      <ul className={s.list}>
        {waiting.map((each) => (
          <li key={each.id}>
            <Link to="/fiches/$object/$id" params={{ object: each.object, id: String(each.row_id) }}>
              {each.title}
            </Link>
            <Decide request={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}
