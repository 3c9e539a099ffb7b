/** The maps and the data that one is to look at again, as their owner or in their stead. Nothing due, nothing shown. */
import { Link } from '@tanstack/react-router';
import { type Due, useDue } from '@/client/reviews';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { daysSince, shortDay } from '@/lib/format';
import s from './Reviews.module.css';
import { StillValid } from './StillValid';
import { useTranslation } from './texts';

/** In a screen with parts of its own, `className` is theirs and so is the look of the title. */
export default function DueReviews({ className }: { className?: string }) {
  const { t } = useTranslation('reviews');
  const due = useDue().data ?? [];
  if (due.length === 0) return null;
  return (
    <section className={className ?? s.framed} aria-label={t('mine')}>
      <h2 className={className ? undefined : w.title}>{t('mine')}</h2>
      <ul className={s.list}>
        {due.map((each) => (
          <One key={each.id} due={each} />
        ))}
      </ul>
    </section>
  );
}
function One({ due }: { due: Due }) {
  const { t } = useTranslation('reviews');
  const data = due.target === 'quality';
  return (
    <li data-item tabIndex={-1}>
      {due.role === 'orphan' && <Badge tone="amber">{t('orphan')}</Badge>}
      <Badge tone={due.overdue ? 'red' : 'amber'}>
        {due.overdue ? t('late', { count: daysSince(due.due_on) }) : t('due', { day: shortDay(due.due_on) })}
      </Badge>
      {data ? (
        <Link to="/qualite">{due.title}</Link>
      ) : (
        <Link to="/cartes/$id" params={{ id: due.id }} search={{ panneau: 'revue' } as never}>
          {due.title}
        </Link>
      )}
      {due.role === 'backup' && <small>{t('instead')}</small>}
      {due.role !== 'orphan' && (
        <StillValid id={due.id} of={data ? 'quality' : 'map'} size="compact-xs" title={due.title} />
      )}
    </li>
  );
}
