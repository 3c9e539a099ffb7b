/** A mail that a rule wrote, in the history of its record: to whom, whether it left, what it says. */
import { IconMail } from '@tabler/icons-react';
import { Badge, type Tone } from '@/design/ui';
import { ago, dayTime } from '@/lib/format';
import type { Mail } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const TONES: Record<string, Tone> = {
  sent: 'green',
  waiting: 'accent',
  claimed: 'accent',
  failed: 'red',
  uncertain: 'amber',
};

export function Mailed({ mail }: { mail: Mail }) {
  const { t } = useTranslation('records');
  return (
    <li>
      <span className={s.channel} title={t('activity.kind.email')}>
        <IconMail size={15} stroke={1.7} />
      </span>
      <div>
        <p>
          <b>{mail.title}</b> <Badge tone={TONES[mail.state]}>{t(`mailed.${mail.state}`)}</Badge>
        </p>
        <details className={s.motive}>
          <summary>{t('mailed.to', { to: mail.to })}</summary>
          <p className={s.body}>{mail.body}</p>
        </details>
        {mail.error && <p className={s.motive}>{mail.error}</p>}
        <small>
          <time dateTime={mail.at} title={dayTime(mail.at)}>
            {ago(mail.at)}
          </time>
        </small>
      </div>
    </li>
  );
}
