/** The map as a list: the same phases, steps, passages and measures, without a drawing. */
import { IconMessage2 } from '@tabler/icons-react';
import type { Finding, MapDoc, OverlayAnswer, Step } from '@/client/maps';
import { waitLevel } from '@/canvas/graph';
import { Badge, tint } from '@/design/ui';
import { duration, integer, percent } from '@/lib/format';
import type { Delta } from '@/canvas/graph';
import s from './Outline.module.css';
import { useTranslation } from './texts';

interface Props {
  map: MapDoc;
  overlay: OverlayAnswer | undefined;
  findings: Finding[];
  deltas: ReadonlyMap<string, Delta>;
  threads: ReadonlyMap<string, number>;
  selected: string | null;
  onSelect: (id: string) => void;
}
export default function Outline({ map, overlay, findings, deltas, threads, selected, onSelect }: Props) {
  const phases = map.phases.map((phase) => ({
    ...phase,
    steps: map.steps.filter((step) => step.phase === phase.id),
  }));
  return (
    <ol className={s.outline}>
      {phases
        .filter((phase) => phase.steps.length > 0)
        .map((phase) => (
          <li key={phase.id}>
            <h2>{phase.label}</h2>
            <ol>
              {phase.steps.map((step) => (
                <Row
                  key={step.id}
                  step={step}
                  map={map}
                  overlay={overlay}
                  errors={findings.filter((each) => each.severity === 'error' && each.element === step.id).length}
                  delta={deltas.get(step.id) ?? null}
                  threads={threads.get(step.id) ?? 0}
                  current={step.id === selected}
                  onSelect={onSelect}
                />
              ))}
            </ol>
          </li>
        ))}
    </ol>
  );
}
const TONES = { added: 'green', moved: 'accent', criteria: 'amber', changed: 'violet', removed: 'red' } as const;
interface RowProps {
  step: Step;
  map: MapDoc;
  overlay: OverlayAnswer | undefined;
  errors: number;
  delta: Delta;
  threads: number;
  current: boolean;
  onSelect: (id: string) => void;
}
function Row({ step, map, overlay, errors, delta, threads, current, onSelect }: RowProps) {
  const { t } = useTranslation('maps');
  const lane = map.lanes.find((each) => each.id === step.lane);
  const measured = overlay?.steps[step.id];
  const blocked = measured?.blocked_share ?? 0;
  const label = (id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
  const ways = map.passages.filter((each) => each.source === step.id);
  return (
    <li className={s.step} data-current={current || undefined}>
      <button type="button" className={s.name} aria-pressed={current} onClick={() => onSelect(step.id)}>
        {lane && <i style={tint(lane.hue)} />}
        <strong>{step.label}</strong>
      </button>
      <span className={s.facts}>
        {lane?.label}
        {measured && (
          <>
            <b data-b={waitLevel(measured.median_seconds)}>{duration(measured.median_seconds)}</b>
            <span className="num">{t('outline.cases', { count: measured.cases, n: integer(measured.cases) })}</span>
          </>
        )}
        {blocked > 0 && <Badge tone="red">{t('outline.blocked', { share: percent(blocked) })}</Badge>}
        {!!step.exit?.length && <Badge>{t('outline.criteria', { count: step.exit.length })}</Badge>}
        {!!step.frictions?.length && (
          <Badge tone="amber">{t('outline.frictions', { count: step.frictions.length })}</Badge>
        )}
        {threads > 0 && (
          <Badge tone="accent" icon={<IconMessage2 size={11} />}>
            {threads}
          </Badge>
        )}
        {errors > 0 && <Badge tone="red">{t('errors', { count: errors })}</Badge>}
        {delta && <Badge tone={TONES[delta]}>{t(`delta.${delta}`)}</Badge>}
      </span>
      {ways.length > 0 && (
        <span className={s.ways}>
          {ways.map((way) => (
            <button key={way.id} type="button" onClick={() => onSelect(way.id)}>
              → {label(way.target)}
              {overlay?.passages[way.id] && <small>{integer(overlay.passages[way.id]!.count)}</small>}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
