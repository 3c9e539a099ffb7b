/** The data flow: where each information is born, circulates, is stored and breaks; what is typed again in red. */
import { useTranslation } from '../texts';
import { type Flow, flowsOf } from './flows';
import type { ViewProps } from './props';
import s from './Views.module.css';

const SAID = ['born', 'circulates', 'stored', 'breaks'] as const;
export function DataFlow({ map, onSelect }: ViewProps) {
  const { t } = useTranslation('maps');
  const flows = flowsOf(map);
  const again = flows.filter((flow) => flow.again.length > 0).length;
  const lost = flows.filter((flow) => flow.said.breaks.length > 0).length;
  if (flows.length === 0) return <p>{t('views.data.none')}</p>;
  return (
    <>
      <p className={s.summary}>
        {t('views.data.summary', { count: flows.length })}
        {again > 0 && <b data-bad>{t('views.data.again', { count: again })}</b>}
        {lost > 0 && <b>{t('views.data.lost', { count: lost })}</b>}
      </p>
      <table className={s.table}>
        <thead>
          <tr>
            {['information', ...SAID, 'way'].map((each) => (
              <th key={each} scope="col">
                {t(`views.data.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.key}>
              <th scope="row">
                {flow.label}
                <small>{t(`views.data.${flow.field}`)}</small>
              </th>
              {SAID.map((each) => (
                <td
                  key={each}
                  data-label={t(`views.data.${each}`)}
                  data-bad={(each === 'breaks' && flow.said.breaks.length > 0) || undefined}
                >
                  {said(flow, each, t('views.data.unknown'))}
                </td>
              ))}
              <td data-label={t('views.data.way')}>
                <Way flow={flow} onSelect={onSelect} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
function said(flow: Flow, what: (typeof SAID)[number], unknown: string): string {
  if (flow.said[what].length) return flow.said[what].join(' ; ');
  const first = flow.stops.find((each) => each.use === 'produced');
  return what === 'born' ? (first?.step.label ?? unknown) : '–';
}
function Way({ flow, onSelect }: { flow: Flow; onSelect: (step: string) => void }) {
  const { t } = useTranslation('maps');
  return (
    <ol className={s.way}>
      {flow.stops.map((stop, index) => (
        <li key={index} data-again={stop.again || undefined}>
          {index > 0 && (
            <span
              className={s.arrow}
              title={stop.again ? t('views.data.rekeyedIn', { step: stop.step.label }) : undefined}
            >
              {stop.again && <small>{t('views.data.rekeyed')}</small>}
              <span aria-hidden>⟶</span>
            </span>
          )}
          <button type="button" data-use={stop.use} onClick={() => onSelect(stop.step.id)}>
            {stop.step.label}
            <small>{t(`views.data.use.${stop.use}`)}</small>
          </button>
        </li>
      ))}
    </ol>
  );
}
