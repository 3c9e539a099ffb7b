/** The times promised on a record: how much is consumed, when each is due, and why. */
import { Progress } from '@mantine/core';
import { Badge, type Tone } from '@/design/ui';
import { dayTime, duration } from '@/lib/format';
import { type Clock, useClocks } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const WARNED = 80;

export function Promised({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const clocks = useClocks(object, id).data ?? [];
  if (!clocks.length) return null;
  return (
    <section className={s.panel}>
      <h3>{t('promised.title')}</h3>
      <ol className={s.timeline}>
        {clocks.map((clock) => (
          <Line key={`${clock.measure}${clock.turn}`} clock={clock} />
        ))}
      </ol>
    </section>
  );
}
function Line({ clock }: { clock: Clock }) {
  const { t } = useTranslation('records');
  const { consumed_seconds: consumed, promised_seconds: promised, state, kept } = clock;
  const share = promised ? Math.min(100, (consumed / promised) * 100) : 0;
  const standing = kept === false ? 'broken' : state;
  return (
    <li title={clock.say}>
      <div className={s.promised}>
        <p>
          {clock.label} <Badge tone={TONES[standing]}>{t(`promised.${standing}`)}</Badge>
        </p>
        <Progress
          value={share}
          color={colour(share, kept)}
          size="sm"
          aria-label={t('promised.share', { share: Math.round(share) })}
        />
        <small>
          {t('promised.consumed', { consumed: duration(consumed), promised: duration(promised) })}
          {clock.due_at && state === 'running' && <> · {t('promised.due', { when: dayTime(clock.due_at) })}</>}
        </small>
        <Why clock={clock} />
      </div>
    </li>
  );
}
const TONES: Record<string, Tone> = { running: 'accent', paused: 'neutral', stopped: 'green', broken: 'red' };
const colour = (share: number, kept: boolean | null | undefined) =>
  kept === false ? 'red' : share >= WARNED ? 'yellow' : 'indigo';
/** Every slot that counted and every pause; closed hours go without saying. */
function Why({ clock }: { clock: Clock }) {
  const { t } = useTranslation('records');
  const told = clock.spans.filter((span) => span.why !== 'closed');
  if (!told.length) return null;
  return (
    <details>
      <summary>{t('promised.why')}</summary>
      <ul>
        {told.map((span) => (
          <li key={span.begins_at}>
            <time dateTime={span.begins_at}>{dayTime(span.begins_at)}</time> → {dayTime(span.ends_at)}{' '}
            {t(`promised.${span.why}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
