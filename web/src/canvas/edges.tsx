/** How a passage is drawn: thickness is frequency, colour is wait, both doubled by a number. */
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo, use } from 'react';
import s from './Canvas.module.css';
import { type GraphFlow, type Point, type Reading, thickness, waitColor } from './graph';
import { ReadingContext } from './nodes';
import type { Place } from './labels';
import { rounded } from './route';
import { saidOn } from './sight';

export type FlowEdge = Edge<{ flow: GraphFlow; points: Point[]; back: boolean; at: Place }, 'flow'>;

const DELTAS = {
  added: 'var(--pt-green)',
  moved: 'var(--pt-accent)',
  criteria: 'var(--pt-amber)',
  changed: 'var(--pt-violet)',
  removed: 'var(--pt-red)',
} as const;
function colour(flow: GraphFlow, reading: Reading): string {
  if (flow.delta) return DELTAS[flow.delta];
  if (flow.undrawn || !flow.measure) return 'var(--pt-edge)';
  if (reading === 'frequency') return 'var(--pt-accent)';
  return reading === 'wait' ? waitColor(flow.measure.seconds) : 'var(--pt-edge)';
}
function dash(flow: GraphFlow, back: boolean, width: number): string | undefined {
  if (flow.delta === 'added' || flow.undrawn) return '5 4';
  return back ? `${width * 1.8} ${width * 1.4}` : undefined;
}

const sameFlow = (a: EdgeProps<FlowEdge>, b: EdgeProps<FlowEdge>) =>
  a.selected === b.selected && (a.data === b.data || JSON.stringify(a.data) === JSON.stringify(b.data));

const FlowView = memo(function FlowView({ id, data, selected }: EdgeProps<FlowEdge>) {
  const { reading, most, t } = use(ReadingContext);
  const { flow, points, back, at } = data!;
  const width = flow.measure ? thickness(flow.measure.cases, most) : 1.5;
  const drawn = rounded(points);
  const said = saidOn(flow, reading, t('planned'));
  const box = said.length * 5.8 + 10;
  return (
    <g
      className={s.flow}
      data-selected={selected || undefined}
      data-rework={back || undefined}
      style={{ color: colour(flow, reading) }}
    >
      <path
        id={id}
        d={drawn}
        className={s.flowLine}
        strokeWidth={selected ? width + 1.5 : width}
        strokeDasharray={dash(flow, back, width)}
      />
      <path d={drawn} className="react-flow__edge-interaction" strokeWidth={16} fill="none" strokeOpacity={0} />
      <path d={arrow(points, 5 + width * 0.7)} fill="currentColor" />
      <g className={s.flowLabel} transform={`translate(${at.x} ${at.y})`}>
        {flow.label && (
          <text className={s.cond} y={at.words} textAnchor="middle">
            {flow.label}
          </text>
        )}
        {said && (
          <>
            <rect x={-box / 2} y={-8} width={box} height={16} rx={5} />
            <text y={3.6} textAnchor="middle">
              {said}
            </text>
          </>
        )}
      </g>
    </g>
  );
}, sameFlow);
function arrow(points: Point[], size: number): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before) return '';
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const [c, n] = [Math.cos(angle), Math.sin(angle)];
  const at = (x: number, y: number) => `${tip.x + x * c - y * n} ${tip.y + x * n + y * c}`;
  return `M${at(0, 0)}L${at(-size, -size * 0.55)}L${at(-size, size * 0.55)}Z`;
}
export const edgeTypes = { flow: FlowView };
