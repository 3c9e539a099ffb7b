/** Beside the flow: how its cases keep to a map, what they do that it does not draw, and what that costs. */
import { Select } from '@mantine/core';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import { DeviationLine } from './DeviationLine';
import type { Between, Deviation } from './decisions';
import type { Filter } from './filters';
import m from './Mining.module.css';
import { type Conformance, useConformance, useProcessMaps } from './queries';
import { useTranslation } from './texts';

interface Props {
  log: string;
  filters: string;
  map: string | null;
  onMap: (map: string | null) => void;
  onAdd: (one: Filter) => void;
}
export function Deviations({ log, filters, map, onMap, onAdd }: Props) {
  const { t } = useTranslation('mining');
  const maps = useProcessMaps();
  return (
    <div className={w.panel}>
      <Await query={maps}>
        {(known) =>
          known.length === 0 ? (
            <small>{t('noMap')}</small>
          ) : (
            <Select
              size="xs"
              label={t('againstMap')}
              data={known.map((each) => ({ value: each.id, label: each.title }))}
              value={map}
              placeholder={t('chooseMap')}
              searchable
              clearable
              onChange={onMap}
            />
          )
        }
      </Await>
      {map && <Against log={log} map={map} filters={filters} onAdd={onAdd} />}
    </div>
  );
}
type AgainstProps = Omit<Props, 'map' | 'onMap'> & { map: string };
function Against({ log, map, filters, onAdd }: AgainstProps) {
  return (
    <Await query={useConformance(log, map, filters)}>
      {(known) => <Told known={known} between={{ log, map, filters }} onAdd={onAdd} />}
    </Await>
  );
}
interface ToldProps {
  known: Conformance;
  between: Between;
  onAdd: (one: Filter) => void;
}
function Told({ known, between, onAdd }: ToldProps) {
  const { t } = useTranslation('mining');
  const line = (one: Deviation) => (
    <DeviationLine key={one.key} one={one} between={between} mayDecide={known.may_decide ?? false} onAdd={onAdd} />
  );
  const accepted = known.accepted ?? [];
  return (
    <>
      <p className={m.said} role="status">
        {known.sentence}
      </p>
      <Months months={known.months} />
      {accepted.length > 0 && (
        <details className={m.apart}>
          <summary>{t('decide.group', { count: accepted.length })}</summary>
          <ul className={w.list}>{accepted.map(line)}</ul>
        </details>
      )}
      <ul className={w.list} aria-label={t('deviations')}>
        {known.deviations.length === 0 && <li>{t(accepted.length ? 'onlyAccepted' : 'noDeviation')}</li>}
        {known.deviations.map(line)}
      </ul>
      {known.unmapped.length > 0 && <small>{t('unmapped', { labels: known.unmapped.join(', ') })}</small>}
    </>
  );
}
const LATEST = 24;
function Months({ months }: { months: Conformance['months'] }) {
  const { t } = useTranslation('mining');
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
