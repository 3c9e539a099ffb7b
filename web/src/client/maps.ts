/** The shapes of maps as the editor works on them, and of what is measured on them. */
import type { components } from './generated';
import type { Shape } from './api';

/** What the contract calls by a name, as it is drawn: only some of it is said at first, the rest has its defaults. */
type Drawn<Name extends keyof components['schemas'], Said extends keyof Shape<Name>> = Pick<Shape<Name>, Said> &
  Partial<Omit<Shape<Name>, Said>>;
export type Duration = Shape<'Duration'>;
export type Unit = Duration['unit'];
export type Note = Drawn<'Note', 'id' | 'label'>;
export type Friction = Drawn<'Friction', 'id' | 'label'>;
export type Emotion = Drawn<'Emotion', 'value'>;
/** Who somebody is at an account. */
export type Person = Partial<Shape<'portulan__maps__model__Person'>>;
/** Another process that a step opens: the step in detail, or a special case of it. */
export type SubMap = Drawn<'SubMap', 'id' | 'label'>;
export type Scope = Partial<Shape<'Scope'>>;
export type Lane = Drawn<'Lane', 'id' | 'label' | 'hue'>;
export type StepKind = Shape<'Step'>['kind'];

export type Condition = { [key: string]: unknown };
export interface Criterion {
  id: string;
  label: string;
  condition?: Condition | null;
}
export interface Information {
  id: string;
  label: string;
  use?: 'used' | 'produced';
  field?: string | null;
  type?: string | null;
  required?: boolean;
  options?: { [key: string]: unknown };
  born?: string;
  circulates?: string;
  stored?: string;
  breaks?: string;
}
/** Which records show that something happened. */
export interface Watch {
  object: string;
  condition?: Condition | null;
}
export interface Touchpoint {
  id: string;
  label: string;
  channel?: string;
  watch?: Watch | null;
}
export interface Signal extends Note {
  watch?: Watch | null;
}
export interface Step {
  id: string;
  label: string;
  kind: StepKind;
  lane: string;
  phase: string;
  begins?: boolean;
  description?: string;
  probability?: number | null;
  actors?: string[];
  decides?: string[];
  informed?: string[];
  emotion?: Emotion | null;
  person?: Person | null;
  touchpoints?: Touchpoint[];
  risks?: Note[];
  signals?: Signal[];
  contents?: Note[];
  compliance?: Note[];
  priority?: 'indispensable' | 'important' | 'optional';
  rollout?: number;
  submaps?: SubMap[];
  continues?: string | null;
  information?: Information[];
  documents?: Note[];
  systems?: Note[];
  delays?: Partial<Shape<'Delays'>>;
  frictions?: Friction[];
  entry?: Criterion[];
  exit?: Criterion[];
  [more: string]: unknown;
}
export interface Passage {
  id: string;
  source: string;
  target: string;
  label?: string;
  before?: { roles?: string[]; condition?: Condition | null };
  during?: string[];
  after?: Note[];
  fires_after?: Duration | null;
}
export interface MapDoc {
  uid: string;
  title: string;
  kind: string;
  state: 'as_is' | 'to_be';
  subject: string | null;
  scope?: Scope;
  variant_of?: string | null;
  answers?: { element: string; friction: string }[];
  phases: { id: string; label: string }[];
  lanes: Lane[];
  steps: Step[];
  passages: Passage[];
  [more: string]: unknown;
}
export type Finding = Shape<'FindingOut'>;
export type MapSummary = Shape<'MapSummaryOut'>;
export type StepMeasure = Shape<'StepMeasure'>;
export type PassageMeasure = Shape<'PassageMeasure'>;
export type OverlayAnswer = Shape<'OverlayAnswer'>;
export interface MapLayout {
  positions: Record<string, Drawn<'Position', 'x' | 'y'>>;
}
export interface MapAnswer {
  id: string;
  map: MapDoc;
  layout: MapLayout;
  version: number;
  published_n: number | null;
  /** The log that the map was discovered from. */
  origin_log: string | null;
  findings: Finding[];
  pair: Shape<'PairOut'>;
  may: Shape<'MayOut'>;
}
