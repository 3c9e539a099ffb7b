/** The flow of a log, as the canvas draws it: one lane, no phase. */
import type { Graph } from '@/canvas/graph';
import type { BlockedStep, FlowAnswer, Model } from './queries';

const LANE = 'journal';
export function graphOf(flow: FlowAnswer, blocked: readonly BlockedStep[]): Graph {
  const shares = new Map(blocked.map((each) => [each.step, each.blocked_share]));
  const leaving = new Set(flow.edges.filter((edge) => edge.source !== edge.target).map((edge) => edge.source));
  const ranked = [...flow.steps].sort((a, b) => b.starts - a.starts || b.cases - a.cases);
  return {
    lanes: [{ id: LANE, label: '', hue: 220 }],
    phases: [],
    steps: ranked.map((step) => ({
      id: step.id,
      label: step.label,
      lane: LANE,
      phase: '',
      shape: leaving.has(step.id) ? 'step' : 'final',
      measure: { cases: step.cases, seconds: step.median_seconds, blocked: shares.get(step.id) ?? null },
    })),
    flows: [...flow.edges]
      .sort((a, b) => b.count - a.count)
      .map((edge) => ({
        id: edge.id,
        source: edge.source,
        target: edge.target,
        measure: { cases: edge.count, seconds: edge.median_seconds },
      })),
  };
}
/** The step that holds the most, as the server ranks them, when there is enough to say so. */
export const worstOf = (blocked: readonly BlockedStep[]): string | null =>
  blocked.find((each) => !each.too_early && (each.blocked_share ?? 0) > 0)?.step ?? null;
/** The model in blocks, as the canvas draws it: steps with their cases, gateways, the end. */
export function blocksOf(model: Model): Graph {
  return {
    lanes: [{ id: LANE, label: '', hue: 220 }],
    phases: [],
    tight: true,
    steps: model.elements.map((one, place) => ({
      id: one.id,
      label: one.label,
      lane: LANE,
      phase: '',
      begins: place === 0,
      shape: one.kind === 'gateway' ? 'gateway' : one.kind === 'closed' ? 'final' : 'step',
      ...(one.kind === 'gateway' && { mark: one.together ? ('+' as const) : ('×' as const) }),
      measure: one.cases == null ? null : { cases: one.cases, seconds: one.seconds },
    })),
    flows: model.ways.map(({ id, source, target }) => ({ id, source, target })),
  };
}
