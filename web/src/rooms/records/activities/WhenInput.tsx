/** The day of what is next: the usual ones in a tap, any other from a calendar. */
import { Chip } from '@/design/ui';
import { useTranslation } from '../texts';
import s from './Activities.module.css';
import { CHOICES, dayOf } from './dates';

export function WhenInput({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const { t } = useTranslation('records');
  return (
    <div className={s.when} role="group" aria-label={t('activity.when.title')}>
      {CHOICES.map(([name, at]) => (
        <Chip key={name} active={day === dayOf(at())} onClick={() => onChange(dayOf(at()))}>
          {t(`activity.when.${name}`)}
        </Chip>
      ))}
      <input
        type="date"
        className={s.date}
        aria-label={t('activity.when.day')}
        value={day}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
