/** What happened by itself to a record, what is about to, and what was left alone, each with why. */
import { Badge, type Tone } from '@/design/ui';
import { ago, dayTime } from '@/lib/format';
import { type Run, useRuns } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const TONES: Record<string, Tone> = { fired: 'green', waiting: 'accent', refused: 'red', failed: 'red' };

export function ByItself({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const runs = useRuns(object, id).data ?? [];
  if (!runs.length) return null;
  return (
    <section className={s.panel}>
      <h3>{t('byItself.title')}</h3>
      <ol className={s.timeline}>
        {runs.map((run) => (
          <Line key={run.id} run={run} />
        ))}
      </ol>
    </section>
  );
}
function Line({ run }: { run: Run }) {
  const { t } = useTranslation('records');
  const waits = run.state === 'waiting';
  const moment = waits ? run.due_at : (run.ended_at ?? run.at);
  return (
    <li title={run.say}>
      <div>
        <p>
          {run.label} <Badge tone={TONES[run.state]}>{t(`byItself.${run.state}`)}</Badge>
        </p>
        {(run.why ?? run.says[0]) && <p className={s.motive}>{[run.why, ...run.says].filter(Boolean).join(' — ')}</p>}
        <small>
          <time dateTime={moment} title={dayTime(moment)}>
            {waits ? t('byItself.due', { when: dayTime(moment) }) : ago(moment)}
          </time>
        </small>
      </div>
    </li>
  );
}
