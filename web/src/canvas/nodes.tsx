/** How a step, a gateway and an end are drawn. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import {
  IconAlertTriangle,
  IconBriefcase,
  IconBulb,
  IconChecks,
  IconClock,
  IconDeviceDesktop,
  IconFlag,
  IconFlag3Filled,
  IconUser,
  IconSitemap,
  IconMessage2,
} from '@tabler/icons-react';
import { createContext, memo, use } from 'react';
import type { useTranslation } from '@/i18n';
import { duration, integer, percent } from '@/lib/format';
import s from './Canvas.module.css';
import { type GraphStep, type Reading, type Sign, waitColor, waitLevel } from './graph';

/** What every node and passage reads: hundreds of them are drawn, so that none asks for it by itself. */
export const ReadingContext = createContext<{
  reading: Reading;
  most: number;
  t: ReturnType<typeof useTranslation<'canvas'>>['t'];
}>(null!);
export type StepNode = Node<{ step: GraphStep }, 'step' | 'gateway' | 'final'>;

const HOT = 0.4;
const Handles = () => (
  <>
    <Handle type="target" position={Position.Left} className={s.handle} />
    <Handle type="source" position={Position.Right} className={s.handle} />
  </>
);

/** A step is drawn again when it says something else, not when another one does. */
const sameStep = (a: NodeProps<StepNode>, b: NodeProps<StepNode>) =>
  a.selected === b.selected && (a.data.step === b.data.step || said(a.data.step) === said(b.data.step));
const said = (step: GraphStep) => JSON.stringify(step);

function heat(step: GraphStep, reading: Reading, most: number): string {
  if (step.delta === 'added') return 'var(--pt-green)';
  if (!step.measure || reading === 'plain') return 'var(--pt-line-2)';
  if (reading !== 'frequency') return waitColor(step.measure.seconds);
  const share = 20 + 80 * Math.sqrt(step.measure.cases / Math.max(1, most));
  return `color-mix(in srgb, var(--pt-accent) ${share}%, var(--pt-line-2))`;
}

const StepView = memo(function StepView({ data: { step }, selected }: NodeProps<StepNode>) {
  const { reading, most, t } = use(ReadingContext);
  const blocked = step.measure?.blocked ?? 0;
  return (
    <div
      className={s.step}
      data-selected={selected || undefined}
      data-delta={step.delta ?? undefined}
      data-worst={step.worst || undefined}
      data-errors={step.errors || undefined}
      data-aside={step.aside || undefined}
    >
      <Handles />
      <i className={s.heat} style={{ background: heat(step, reading, most) }} />
      <div className={s.stepName}>{step.label}</div>
      <StepFacts step={step} />
      {!!step.frictions && (
        <span className={s.pain} title={t('frictions', { count: step.frictions })}>
          <IconFlag3Filled size={10} />
          {step.frictions}
        </span>
      )}
      <Threads count={step.threads ?? 0} />
      <Folded count={step.folded} />
      {blocked > HOT && (
        <span className={s.blocked} data-worst={step.worst || undefined}>
          {t('blockedHere', { share: percent(blocked) })}
        </span>
      )}
    </div>
  );
}, sameStep);
function Threads({ count }: { count: number }) {
  const { t } = use(ReadingContext);
  if (!count) return null;
  return (
    <span className={s.threads} title={t('threads', { count })}>
      <IconMessage2 size={11} stroke={2} />
      {count}
    </span>
  );
}
function Folded({ count }: { count: number | undefined }) {
  const { t } = use(ReadingContext);
  return (
    count && (
      <span className={s.folded} title={t('folded', { count })}>
        +{count}
      </span>
    )
  );
}
const SIGNS = {
  contact: IconUser,
  deal: IconBriefcase,
  risk: IconAlertTriangle,
  need: IconBulb,
  milestone: IconFlag,
};
function Signed({ sign }: { sign: Sign }) {
  const { t } = use(ReadingContext);
  const Icon = SIGNS[sign];
  return (
    <span className={s.sys} data-sign={sign}>
      <Icon size={12} stroke={1.8} />
      {t(`sign.${sign}`)}
    </span>
  );
}
function StepFacts({ step }: { step: GraphStep }) {
  const { t } = use(ReadingContext);
  const { measure } = step;
  return (
    <div className={s.stepMeta}>
      {step.sign && <Signed sign={step.sign} />}
      {step.delta && (
        <span className={s.delta} data-delta={step.delta}>
          {t(`delta.${step.delta}`)}
        </span>
      )}
      {step.system && !step.delta && (
        <span className={s.sys}>
          <IconDeviceDesktop size={11} stroke={1.8} />
          {step.system}
        </span>
      )}
      {!!step.opens && (
        <span className={s.sys} title={t('opens', { count: step.opens })}>
          <IconSitemap size={11} stroke={1.8} />
          {step.opens}
        </span>
      )}
      {!!step.criteria && !measure && (
        <span className={s.criteria} title={t('criteria', { count: step.criteria })}>
          <IconChecks size={12} stroke={1.8} />
          {step.criteria}
        </span>
      )}
      {measure && (
        <>
          <span className={s.wait} data-b={waitLevel(measure.seconds)}>
            <IconClock size={11} stroke={2} />
            {duration(measure.seconds)}
          </span>
          <span className={s.cases}>{integer(measure.cases)}</span>
        </>
      )}
    </div>
  );
}
const GatewayView = memo(function GatewayView({ data: { step }, selected }: NodeProps<StepNode>) {
  if (step.mark)
    return (
      <div className={s.mark} data-selected={selected || undefined} title={step.label}>
        <Handles />
        <i />
        <span>{step.mark}</span>
      </div>
    );
  return (
    <div className={s.decision} data-selected={selected || undefined} data-aside={step.aside || undefined}>
      <Handles />
      <svg viewBox="0 0 116 44" preserveAspectRatio="none" aria-hidden>
        <path d="M14 1.5h88L114.5 22 102 42.5H14L1.5 22Z" />
      </svg>
      <span>{step.label}</span>
      <Threads count={step.threads ?? 0} />
      <Folded count={step.folded} />
    </div>
  );
}, sameStep);
const FinalView = memo(function FinalView({ data: { step }, selected }: NodeProps<StepNode>) {
  return (
    <div
      className={s.terminal}
      data-tone={step.tone}
      data-selected={selected || undefined}
      data-aside={step.aside || undefined}
    >
      <Handles />
      <i />
      <span>{step.label}</span>
      {step.measure && <b>{integer(step.measure.cases)}</b>}
      <Threads count={step.threads ?? 0} />
    </div>
  );
}, sameStep);
export const nodeTypes = { step: StepView, gateway: GatewayView, final: FinalView };
