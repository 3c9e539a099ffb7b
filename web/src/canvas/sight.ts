/** What the canvas shows, as numbers and texts: the server draws it for paper. */
import type { Shape } from '@/client/api';
import { duration, integer } from '@/lib/format';
import {
  type Graph,
  type GraphFlow,
  type GraphStep,
  type Measure,
  type Point,
  type Reading,
  thickness,
  waitLevel,
} from './graph';
import type { Laid } from './layout';
import { placeLabels } from './labels';

export type Sight = Shape<'Sight'>;
type Tone = Shape<'DrawnLine'>['tone'];

const MINIMUM_SAID = 3600;
/** What is written on a passage beside its label. */
export function saidOn(flow: GraphFlow, reading: Reading, planned: string): string {
  if (flow.delta === 'added') return planned;
  if (!flow.measure) return '';
  if (reading === 'frequency' || flow.undrawn) return integer(flow.measure.cases);
  return (flow.measure.seconds ?? 0) >= MINIMUM_SAID ? duration(flow.measure.seconds) : '';
}
export function sightOf(graph: Graph, laid: Laid, reading: Reading, planned: string): Sight {
  const most = Math.max(1, ...graph.flows.map((flow) => flow.measure?.cases ?? 0));
  const texts = graph.flows.flatMap((flow) => {
    const points = laid.routes.get(flow.id);
    const said = saidOn(flow, reading, planned);
    return points && points.length > 1 ? [{ id: flow.id, flow, text: flow.label ?? '', said, points }] : [];
  });
  const labels = placeLabels(texts, laid.boxes.values());
  const all = [...texts.flatMap((each) => each.points), ...laid.boxes.values()];
  const left = Math.min(0, ...all.map((each) => each.x));
  const top = Math.min(0, ...all.map((each) => each.y));
  const moved = ({ x, y }: Point): [number, number] => [x - left, y - top];
  return {
    width: Math.max(laid.width, ...all.map((each) => each.x)) - left,
    height: Math.max(laid.height, ...all.map((each) => each.y)) - top,
    bands: laid.lanes.map((lane, index) => ({
      label: graph.lanes[index]!.label,
      hue: graph.lanes[index]!.hue,
      y: lane.y - top,
      h: lane.h,
    })),
    columns: laid.phases.map((phase) => ({ label: phase.label, x: phase.x - left })),
    shapes: graph.steps.flatMap((step) => {
      const box = laid.boxes.get(step.id);
      if (!box) return [];
      const [x, y] = moved(box);
      return [{ ...shapeOf(step, reading), x, y, w: box.w, h: box.h }];
    }),
    lines: texts.map(({ id, flow, said, points }) => ({
      points: points.map(moved),
      at: moved(labels.get(id)!),
      label: flow.label ?? '',
      words: labels.get(id)!.words,
      said,
      tone: lineTone(flow, reading),
      width: flow.measure ? thickness(flow.measure.cases, most) : 1.5,
      back: laid.back.has(id),
    })),
  };
}
function shapeOf(step: GraphStep, reading: Reading) {
  const measured = reading === 'plain' || reading === 'gap' ? null : step.measure;
  const level = `w${waitLevel(measured?.seconds)}` as Tone;
  return {
    label: step.label,
    shape: step.shape,
    tone: step.delta ?? (step.tone === 'start' ? 'plain' : step.tone) ?? (measured ? level : 'plain'),
    said: measured ? stay(measured) : (step.system ?? ''),
    frictions: step.frictions ?? 0,
  };
}
function lineTone(flow: GraphFlow, reading: Reading): Tone {
  if (flow.delta) return flow.delta;
  return flow.measure && !flow.undrawn && reading === 'wait'
    ? (`w${waitLevel(flow.measure.seconds)}` as Tone)
    : 'plain';
}
const stay = ({ seconds, cases }: Measure): string =>
  seconds === null ? integer(cases) : `${duration(seconds)} · ${integer(cases)}`;
