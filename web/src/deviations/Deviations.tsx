/** How the cases of a log keep to a map: the share, by month, what they do that it does not draw, what is decided. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Await, Loading } from '@/design/states';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import { DeviationLine } from './DeviationLine';
import { type Between, type Conformance, type Deviation, useConformance, type Way } from './decisions';
import m from './Deviations.module.css';
import { useTranslation } from './texts';

const Alignment = lazy(() => import('./Alignment'));

export function Deviations({ between, ...way }: { between: Between } & Way) {
  return <Await query={useConformance(between)}>{(known) => <Told known={known} between={between} {...way} />}</Await>;
}
/** Aligning is asked for, and closed again when another log or map is looked at. */
function Aligning({ between, ...way }: { between: Between } & Way) {
  const { t } = useTranslation('deviations');
  const [open, setOpen] = useState(false);
  if (open)
    return (
      <Suspense fallback={<Loading rows={3} />}>
        <Alignment between={between} onClose={() => setOpen(false)} {...way} />
      </Suspense>
    );
  return (
    <div className={m.ask}>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('align.go')}
      </Button>
      <small>{t('align.lead')}</small>
    </div>
  );
}
interface ToldProps extends Way {
  known: Conformance;
  between: Between;
}
function Told({ known, between, ...way }: ToldProps) {
  const { t } = useTranslation('deviations');
  const line = (one: Deviation) => (
    <DeviationLine key={one.key} one={one} between={between} mayDecide={known.may_decide ?? false} {...way} />
  );
  const accepted = known.accepted ?? [];
  return (
    <>
      <p className={m.said} role="status">
        {known.sentence}
      </p>
      <Months months={known.months} />
      <Aligning key={`${between.map} ${between.log}`} between={between} {...way} />
      {accepted.length > 0 && (
        <details className={m.apart}>
          <summary>{t('decide.group', { count: accepted.length })}</summary>
          <ul className={w.list}>{accepted.map(line)}</ul>
        </details>
      )}
      <ul className={w.list} aria-label={t('title')}>
        {known.deviations.length === 0 && <li>{t(accepted.length ? 'onlyAccepted' : 'noDeviation')}</li>}
        {known.deviations.map(line)}
      </ul>
      {known.unmapped.length > 0 && <small>{t('unmapped', { labels: known.unmapped.join(', ') })}</small>}
    </>
  );
}
const LATEST = 24;
function Months({ months }: { months: Conformance['months'] }) {
  const { t } = useTranslation('deviations');
  const shown = months.slice(-LATEST);
  if (shown.length < 2) return null;
  return (
    <ol className={m.months} aria-label={t('overTime')}>
      {shown.map((each) => {
        const said = t('month', { month: each.month, share: percent(each.share), cases: integer(each.cases) });
        return (
          <li key={each.month} title={said} aria-label={said}>
            <i style={{ height: `${Math.max(4, each.share * 100)}%` }} />
          </li>
        );
      })}
    </ol>
  );
}
