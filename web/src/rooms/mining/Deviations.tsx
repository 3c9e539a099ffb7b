/** Beside the flow: how its cases keep to a map, what they do that it does not draw, and what that costs. */
import { Anchor, Select } from '@mantine/core';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
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
  return <Await query={useConformance(log, map, filters)}>{(known) => <Told known={known} onAdd={onAdd} />}</Await>;
}
function Told({ known, onAdd }: { known: Conformance; onAdd: (one: Filter) => void }) {
  const { t } = useTranslation('mining');
  return (
    <>
      <p className={m.said} role="status">
        {known.sentence}
      </p>
      <Months months={known.months} />
      <ul className={w.list} aria-label={t('deviations')}>
        {known.deviations.length === 0 && <li>{t('noDeviation')}</li>}
        {known.deviations.map((each) => (
          <li key={`${each.kind}:${each.source}>${each.target}`}>
            <span>{each.sentence}</span>
            <b className="num">{percent(each.share, 1)}</b>
            <small>{each.cost}</small>
            {each.causes.map((cause) => (
              <small key={`${cause.attribute}=${cause.value}`}>
                {t('cause', {
                  attribute: cause.attribute,
                  value: cause.value,
                  share: percent(cause.share),
                  other: percent(cause.other_share),
                  cases: integer(cause.cases),
                })}
              </small>
            ))}
            <small>{t('examples', { cases: each.examples.join(', ') })}</small>
            {each.stack && (
              <Anchor
                component="button"
                size="xs"
                onClick={() => (JSON.parse(each.stack ?? '[]') as Filter[]).forEach(onAdd)}
              >
                {t('onlyThese')}
              </Anchor>
            )}
          </li>
        ))}
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
