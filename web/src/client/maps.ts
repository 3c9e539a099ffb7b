/** The shapes of maps as the editor works on them, and of what is measured on them. */
import type { Shape } from './api';

export type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'working_hours' | 'working_days';
export interface Duration {
  amount: number;
  unit: Unit;
}
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
export interface Emotion {
  value: number;
  words?: string;
}
/** Who somebody is at an account. */
export interface Person {
  roles?: string[];
  power?: number | null;
  support?: number | null;
}
/** Another process that a step opens: the step in detail, or a special case of it. */
export interface SubMap {
  id: string;
  label: string;
  use?: 'detail' | 'special';
  map?: string | null;
}
export interface Scope {
  cycle?: string;
  segments?: string[];
  countries?: string[];
  entities?: string[];
}
export interface Signal extends Note {
  watch?: Watch | null;
}
export interface Note {
  id: string;
  label: string;
  detail?: string;
}
export interface Friction {
  id: string;
  label: string;
  who?: string;
  severity?: number;
}
export type StepKind =
  | 'task'
  | 'interest'
  | 'evaluation'
  | 'decision'
  | 'wait'
  | 'won'
  | 'lost'
  | 'closed'
  | 'gateway'
  | 'contact'
  | 'deal'
  | 'risk'
  | 'need'
  | 'milestone';
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
  delays?: { target?: Duration | null; usual?: Duration | null; maximum?: Duration | null };
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
export interface Lane {
  id: string;
  label: string;
  role?: string | null;
  hue: number;
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
export interface MapLayout {
  positions: Record<string, { x: number; y: number; placed?: boolean }>;
}
export type Finding = Shape<'FindingOut'>;
export type MapSummary = Shape<'MapSummaryOut'>;
export interface MapAnswer {
  id: string;
  map: MapDoc;
  layout: MapLayout;
  version: number;
  published_n: number | null;
  /** The log that the map was discovered from. */
  origin_log: string | null;
  findings: Finding[];
  pair: { as_is: string | null; to_be: string | null };
  may: { update: boolean; publish: boolean };
}
export interface StepMeasure {
  cases: number;
  visits: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  blocked_share: number | null;
  waiting_cases: number | null;
  amount_waiting: string | number | null;
  sentence: string | null;
}
export interface PassageMeasure {
  count: number;
  cases: number;
  median_seconds: number | null;
  p90_seconds: number | null;
}
export interface OverlayAnswer {
  source: string;
  steps: Record<string, StepMeasure>;
  passages: Record<string, PassageMeasure>;
  extra: { source: string; target: string; count: number; median_seconds: number | null }[];
  worst: string | null;
  worst_sentence: string | null;
  totals: {
    cases: number | null;
    won_share: number | null;
    median_cycle_seconds: number | null;
    conformance: number | null;
  };
  unmapped: string[];
}
