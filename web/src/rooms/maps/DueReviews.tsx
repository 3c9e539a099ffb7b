/** On the owner's first screen: the maps that they are to look at again. Nothing due, nothing shown. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { caring, type Due, useCaring, useDue } from '@/client/reviews';
import { toast } from '@/client/toast';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { shortDay } from '@/lib/format';
import s from './Maps.module.css';
import { useTranslation } from './texts';

export function DueReviews() {
  const { t } = useTranslation('maps');
  const due = useDue().data ?? [];
  if (due.length === 0) return null;
  return (
    <section className={s.due} aria-label={t('review.mine')}>
      <h2 className={w.title}>{t('review.mine')}</h2>
      <ul>
        {due.map((each) => (
          <One key={each.id} due={each} />
        ))}
      </ul>
    </section>
  );
}
function One({ due }: { due: Due }) {
  const { t } = useTranslation('maps');
  const verify = useCaring(
    () => caring.verify(due.id),
    () => toast(t('review.thanks')),
  );
  return (
    <li>
      <Badge tone={due.role === 'orphan' || !due.overdue ? 'amber' : 'red'}>
        {due.role === 'orphan'
          ? t('review.orphan')
          : t(due.overdue ? 'review.overdue' : 'review.due', { day: shortDay(due.due_on) })}
      </Badge>
      <Link to="/cartes/$id" params={{ id: due.id }} search={{ panneau: 'revue' } as never}>
        {due.title}
      </Link>
      {due.role !== 'orphan' && (
        <Button size="compact-xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {t('review.still')}
        </Button>
      )}
    </li>
  );
}
