/** The lanes and the phases behind the steps; their titles stay pinned to the edges. */
import { useStore, ViewportPortal } from '@xyflow/react';
import { tint } from '@/design/ui';
import { useTranslation } from '@/i18n';
import s from './Canvas.module.css';
import type { Graph } from './graph';
import type { Laid } from './layout';

export function Bands({ graph, laid }: { graph: Graph; laid: Laid }) {
  return (
    <ViewportPortal>
      <div className={s.lanes} style={{ width: laid.width + 1200 }}>
        {laid.lanes.map((lane, index) => (
          <div
            key={lane.id}
            className={s.lane}
            style={{ top: lane.y, height: lane.h, ...tint(graph.lanes[index]!.hue) }}
          />
        ))}
      </div>
    </ViewportPortal>
  );
}
export function Titles({ graph, laid }: { graph: Graph; laid: Laid }) {
  const { t } = useTranslation('canvas');
  const [tx, ty, zoom] = useStore((state) => state.transform);
  const count = (lane: string) => graph.steps.filter((step) => step.lane === lane).length;
  if (graph.lanes.length < 2 && graph.phases.length < 2) return null;
  return (
    <>
      <div className={s.laneTitles}>
        {laid.lanes.map((lane, index) => (
          <div
            key={lane.id}
            className={s.laneTitle}
            style={{
              transform: `translateY(${ty + lane.y * zoom}px)`,
              height: lane.h * zoom,
              ...tint(graph.lanes[index]!.hue),
            }}
          >
            <i />
            <span>{graph.lanes[index]!.label}</span>
            {lane.h * zoom > 56 && <small>{t(graph.ofMaps ? 'maps' : 'steps', { count: count(lane.id) })}</small>}
          </div>
        ))}
      </div>
      <div className={s.phases} aria-hidden>
        {laid.phases.map((phase) => (
          <span key={phase.id} className={s.phase} style={{ transform: `translateX(${tx + phase.x * zoom}px)` }}>
            {phase.label}
          </span>
        ))}
      </div>
    </>
  );
}
