/** The customer journey: what is done, where one meets, how it feels, what hurts, what is known. */
import { IconMoodAngry, IconMoodEmpty, IconMoodHappy, IconMoodSad, IconMoodSmile } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Step } from '@/client/maps';
import { Badge, tint } from '@/design/ui';
import { integer } from '@/lib/format';
import { useTranslation } from '../texts';
import type { ViewProps } from './props';
import s from './Views.module.css';

const FACES = [IconMoodAngry, IconMoodSad, IconMoodEmpty, IconMoodSmile, IconMoodHappy];
const ROWS = ['actions', 'touchpoints', 'emotion', 'frictions', 'information', 'signals'] as const;
type Row = (typeof ROWS)[number];

export function Journey({ map, lately, onSelect }: ViewProps) {
  const { t } = useTranslation('maps');
  const stages = map.phases
    .map((phase) => ({
      ...phase,
      steps: map.steps.filter((step) => step.phase === phase.id && step.kind !== 'gateway'),
    }))
    .filter((phase) => phase.steps.length > 0);
  const steps = stages.flatMap((stage) => stage.steps);
  const lanes = new Map(map.lanes.map((lane) => [lane.id, lane]));
  const counted = (step: Step, item: { id: string; watch?: unknown }): ReactNode => {
    const n = lately?.watched[`${step.id}.${item.id}`];
    if (n !== undefined) return <b className="num">{t('views.times', { n: integer(n), days: lately!.days })}</b>;
    return <small>{t('views.noData')}</small>;
  };
  const cell = (row: Row, step: Step): ReactNode => {
    const entered = lately?.steps[step.id];
    const lane = lanes.get(step.lane);
    switch (row) {
      case 'actions':
        return (
          <>
            <button type="button" className={s.name} onClick={() => onSelect(step.id)}>
              {step.label}
            </button>
            {lane && (
              <small className={s.lane} style={tint(lane.hue)}>
                <i />
                {lane.label}
              </small>
            )}
            <small>{entered === undefined ? null : t('views.entered', { count: entered, n: integer(entered) })}</small>
          </>
        );
      case 'touchpoints':
        return step.touchpoints?.map((each) => (
          <p key={each.id}>
            {each.label}
            {each.channel && <small>{each.channel}</small>}
            {counted(step, each)}
          </p>
        ));
      case 'signals':
        return step.signals?.map((each) => (
          <p key={each.id}>
            {each.label}
            {counted(step, each)}
          </p>
        ));
      case 'emotion':
        return step.emotion ? <Feeling value={step.emotion.value} words={step.emotion.words ?? ''} /> : null;
      case 'frictions':
        return step.frictions?.map((each) => (
          <p key={each.id}>
            <Badge tone={each.severity === 3 ? 'red' : 'amber'} title={t('views.severity', { n: each.severity ?? 2 })}>
              {each.severity ?? 2}
            </Badge>{' '}
            {each.label}
          </p>
        ));
      case 'information':
        return step.information?.map((each) => <p key={each.id}>{each.label}</p>);
    }
  };
  return (
    <table className={s.journey}>
      <thead>
        <tr>
          <td />
          {stages.map((stage) => (
            <th key={stage.id} scope="colgroup" colSpan={stage.steps.length}>
              {stage.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row} data-row={row}>
            <th scope="row">{t(`views.row.${row}`)}</th>
            {steps.map((step) => (
              <td key={step.id}>{cell(row, step)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
function Feeling({ value, words }: { value: number; words: string }) {
  const { t } = useTranslation('maps');
  const said = t(`views.emotions.${value}`);
  const Face = FACES[value + 2] ?? IconMoodEmpty;
  return (
    <div className={s.feeling} data-value={value}>
      <span role="img" aria-label={said} title={said} style={{ marginTop: (2 - value) * 9 }}>
        <Face size={22} stroke={1.6} />
      </span>
      <small>{words || said}</small>
    </div>
  );
}
