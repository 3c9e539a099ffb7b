/** A map, its measures and its gap, as the canvas draws them. */
import type { Finding, MapDoc, OverlayAnswer, Step } from '@/client/maps';
import type { Delta, Graph, GraphFlow, GraphStep, Sign } from '@/canvas/graph';
import { deltasOf, passageDeltasOf } from './deltas';

const FINAL = new Set(['won', 'lost', 'closed']);
const SIGNS = new Set(['contact', 'deal', 'risk', 'need', 'milestone']);
export interface Extra {
  overlay?: OverlayAnswer | undefined;
  findings?: Finding[];
  /** The as-is, when the gap is shown on the to-be. */
  against?: MapDoc | undefined;
  paths?: number;
  /** Open discussions by element. */
  threads?: ReadonlyMap<string, number>;
}
export function graphOf(map: MapDoc, { overlay, findings = [], against, paths = 1, threads }: Extra): Graph {
  const errors = countErrors(findings);
  const [deltas, ways] = [deltasOf(map, against), passageDeltasOf(map, against)];
  const steps = map.steps.map((step) => ({
    ...stepOf(step, overlay, errors, deltas.get(step.id) ?? null),
    worst: step.id === overlay?.worst,
    threads: threads?.get(step.id) ?? 0,
  }));
  const flows = map.passages.map((each): GraphFlow => {
    const measured = overlay?.passages[each.id];
    const measure = measured ? { cases: measured.count, seconds: measured.median_seconds } : null;
    return {
      id: each.id,
      source: each.source,
      target: each.target,
      label: each.label ?? '',
      measure,
      delta: ways.get(each.id) ?? null,
    };
  });
  const gone = (against?.steps ?? []).filter((step) => !map.steps.some((each) => each.id === step.id));
  const lanes = [
    ...map.lanes,
    ...(against?.lanes ?? []).filter(
      (lane) => !map.lanes.some((each) => each.id === lane.id) && gone.some((step) => step.lane === lane.id),
    ),
  ];
  return {
    tree: map.kind === 'mind',
    lanes,
    phases: [
      ...map.phases,
      ...(against?.phases ?? []).filter(
        (phase) => !map.phases.some((each) => each.id === phase.id) && gone.some((step) => step.phase === phase.id),
      ),
    ],
    steps: [...steps, ...gone.map((step) => stepOf(step, overlay, NO_ERROR, 'removed'))],
    flows: [...flows, ...givenUp(map, against), ...undrawn(map, overlay, paths)],
  };
}
/** What the as-is draws and the to-be no longer does. */
function givenUp(map: MapDoc, against: MapDoc | undefined): GraphFlow[] {
  const kept = new Set(map.passages.map((each) => `${each.source}>${each.target}`));
  const steps = new Set([...map.steps, ...(against?.steps ?? [])].map((each) => each.id));
  return (against?.passages ?? [])
    .filter((each) => !kept.has(`${each.source}>${each.target}`) && steps.has(each.source) && steps.has(each.target))
    .map((each) => ({ id: `gone:${each.id}`, source: each.source, target: each.target, delta: 'removed' }));
}
/** The real passages that nobody drew, the most taken first. */
function extras(map: MapDoc, overlay: OverlayAnswer | undefined) {
  const known = new Set(map.steps.map((step) => step.id));
  const extra = (overlay?.extra ?? []).filter((each) => known.has(each.source) && known.has(each.target));
  return [...extra].sort((a, b) => b.count - a.count);
}
/** The share of undrawn passages shown unless somebody asks for more: those of one case in a hundred or more. */
export function usualPaths(map: MapDoc, overlay: OverlayAnswer | undefined): number {
  const sorted = extras(map, overlay);
  const least = Math.max(2, (overlay?.totals.cases ?? 0) / 100);
  return sorted.length ? sorted.filter((each) => each.count >= least).length / sorted.length : 1;
}
/** The undrawn passages that are left out, and how many times they were taken. */
export function leftOut(map: MapDoc, overlay: OverlayAnswer | undefined, paths: number) {
  const sorted = extras(map, overlay);
  const rest = sorted.slice(Math.round(sorted.length * paths));
  return { passages: rest.length, times: rest.reduce((sum, each) => sum + each.count, 0) };
}
function undrawn(map: MapDoc, overlay: OverlayAnswer | undefined, paths: number): GraphFlow[] {
  const sorted = extras(map, overlay);
  return sorted.slice(0, Math.round(sorted.length * paths)).map((each) => ({
    id: `extra:${each.source}:${each.target}`,
    source: each.source,
    target: each.target,
    undrawn: true,
    measure: { cases: each.count, seconds: each.median_seconds },
  }));
}
const NO_ERROR: ReadonlyMap<string, number> = new Map();
function countErrors(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const { severity, element } of findings)
    if (severity === 'error' && element) counted.set(element, (counted.get(element) ?? 0) + 1);
  return counted;
}
function stepOf(
  step: Step,
  overlay: OverlayAnswer | undefined,
  errors: ReadonlyMap<string, number>,
  delta: Delta,
): GraphStep {
  const measured = overlay?.steps[step.id];
  const out: GraphStep = {
    id: step.id,
    label: step.label,
    lane: step.lane,
    phase: step.phase,
    shape: FINAL.has(step.kind) ? 'final' : step.kind === 'gateway' ? 'gateway' : 'step',
    frictions: step.frictions?.length ?? 0,
    criteria: step.exit?.length ?? 0,
    opens: step.submaps?.filter((each) => each.map).length ?? 0,
    begins: step.begins ?? false,
    measure: measured
      ? { cases: measured.cases, seconds: measured.median_seconds, blocked: measured.blocked_share }
      : null,
    delta,
    errors: errors.get(step.id) ?? 0,
  };
  const system = step.systems?.[0]?.label;
  if (system) out.system = system;
  if (SIGNS.has(step.kind)) out.sign = step.kind as Sign;
  if (FINAL.has(step.kind)) out.tone = step.kind as 'won' | 'lost' | 'closed';
  return out;
}
