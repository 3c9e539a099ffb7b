/** What really happens at a step: the wait, who is stuck, what comes next. */
import type { MapDoc, OverlayAnswer, Step } from '@/client/maps';
import { WaitBars } from '@/canvas/WaitBars';
import { Stat } from '@/design/ui';
import { lazy, Suspense } from 'react';
import { duration, integer, percent, shortMoney } from '@/lib/format';
import w from '@/design/work.module.css';
import s from './Maps.module.css';
import { Cases } from './Cases';
import { useWaits } from './queries';
import { useTranslation } from './texts';

const StepAhead = lazy(() => import('@/foresight/StepAhead'));
const Lacks = lazy(() => import('./Lacks'));
const Waiting = lazy(() => import('@/waiting/Waiting'));

interface MeasuredProps {
  step: Step;
  mapId: string;
  map: MapDoc;
  overlay: OverlayAnswer | undefined;
  log: string | null;
}
export function Measured({ step, mapId, map, overlay, log }: MeasuredProps) {
  const { t } = useTranslation('maps');
  const measured = overlay?.steps[step.id];
  if (!measured) return <p>{t('noMeasure')}</p>;
  const amount = Number(measured.amount_waiting ?? 0);
  return (
    <div className={w.panel}>
      {(measured.blocked_share ?? 0) > 0 && (
        <div className={s.alarm}>
          <b>{t('sentence', { share: percent(measured.blocked_share ?? 0) })}</b>
          <span>{measured.sentence ?? (amount > 0 ? `${shortMoney(amount)} ${t('amount')}` : '')}</span>
        </div>
      )}
      <div className={s.facts}>
        <Stat
          label={t('median')}
          value={duration(measured.median_seconds)}
          tone={(measured.blocked_share ?? 0) > 0.4 ? 'red' : 'neutral'}
        />
        <Stat label={t('p90')} value={duration(measured.p90_seconds)} />
        <Stat label={t('cases')} value={integer(measured.cases)} />
      </div>
      <Distribution step={step.id} log={log} />
      {log !== null && (
        <Suspense>
          <Waiting log={log} step={step.id} />
          {(measured.blocked_share ?? 0) > 0 && <Lacks map={mapId} step={step.id} log={log} />}
        </Suspense>
      )}
      {log !== null && (
        <Suspense>
          <StepAhead log={log} step={step.id} />
        </Suspense>
      )}
      <Nexts step={step} map={map} overlay={overlay!} />
      <Cases step={step.id} log={log} />
    </div>
  );
}
function Distribution({ step, log }: { step: string; log: string | null }) {
  const { t } = useTranslation('maps');
  const waits = useWaits(log, step);
  if (!waits.data?.bins.length) return null;
  return (
    <section>
      <h3 className={w.title}>{t('waits')}</h3>
      <WaitBars waits={waits.data} />
    </section>
  );
}
function Nexts({ step, map, overlay }: { step: Step; map: MapDoc; overlay: OverlayAnswer }) {
  const { t } = useTranslation('maps');
  const label = (id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
  const drawn = map.passages
    .filter((each) => each.source === step.id)
    .map((each) => ({ id: each.id, label: label(each.target), count: overlay.passages[each.id]?.count ?? 0 }));
  const extra = overlay.extra
    .filter((each) => each.source === step.id)
    .map((each) => ({ id: `extra_${each.target}`, label: `${label(each.target)} *`, count: each.count }));
  const all = [...drawn, ...extra].filter((each) => each.count > 0).sort((a, b) => b.count - a.count);
  const total = Math.max(1, overlay.steps[step.id]?.visits ?? 0);
  if (!all.length) return null;
  return (
    <section>
      <h3 className={w.title}>{t('next')}</h3>
      <ul className={s.nexts}>
        {all.slice(0, 6).map((each) => (
          <li
            key={each.id}
            style={{ '--share': percent(Math.min(1, each.count / total)).replace(/\s/g, '') } as React.CSSProperties}
          >
            <span>{each.label}</span>
            <b>{integer(each.count)}</b>
            <small>{percent(Math.min(1, each.count / total))}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
