/** What the canvas draws, wherever it comes from: a map, a log, or the gap between two maps. */
export type Delta = 'added' | 'moved' | 'criteria' | 'changed' | 'removed' | null;
export interface Measure {
  cases: number;
  seconds: number | null;
  blocked?: number | null;
}
export interface GraphStep {
  id: string;
  label: string;
  lane: string;
  phase: string;
  begins?: boolean;
  shape: 'step' | 'gateway' | 'final';
  tone?: 'won' | 'lost' | 'closed' | 'start';
  system?: string;
  frictions?: number;
  criteria?: number;
  /** Maps that the step opens. */
  opens?: number;
  measure?: Measure | null;
  /** The step where most is blocked: the only one that is shown in full colour. */
  worst?: boolean;
  delta?: Delta;
  errors?: number;
  /** Open discussions. */
  threads?: number;
  /** Steps that are folded under it. */
  folded?: number;
  /** Stands back: something else is looked for. */
  aside?: boolean;
  /** What stands for something else than a step of the process. */
  sign?: Sign;
  /** A gateway drawn small, by what happens there: one way is taken (×) or all are (+). */
  mark?: '×' | '+';
}
export type Sign = 'contact' | 'deal' | 'risk' | 'need' | 'milestone';
export interface GraphFlow {
  id: string;
  source: string;
  target: string;
  label?: string;
  measure?: Measure | null;
  delta?: Delta;
  /** Real traffic that nobody drew. */
  undrawn?: boolean;
}
export interface Graph {
  /** Whether what is drawn are maps rather than steps. */
  ofMaps?: boolean;
  lanes: { id: string; label: string; hue: number }[];
  phases: { id: string; label: string }[];
  steps: GraphStep[];
  flows: GraphFlow[];
  /** A mind map: topics under topics, without lanes and phases. */
  tree?: boolean;
  /** Nothing is said on passages: steps stand closer, in as many lines as make the whole readable. */
  tight?: boolean;
}
export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  w: number;
  h: number;
}
export type Reading = 'wait' | 'frequency' | 'gap' | 'plain';

const SIZES = { step: [172, 62], gateway: [124, 44], final: [156, 36] } as const;
const MARKED = [28, 28] as const;
export const sizeOf = (step: GraphStep): readonly [number, number] => (step.mark ? MARKED : SIZES[step.shape]);

const DAY = 86400;
export const WAIT_LIMITS = [1, 3, 7, 14];
/** 0 (under a day) to 4 (over two weeks): the colour of a wait. */
export const waitLevel = (seconds: number | null | undefined): number =>
  WAIT_LIMITS.filter((limit) => (seconds ?? 0) >= limit * DAY).length;
export const waitColor = (seconds: number | null | undefined) => `var(--pt-w${waitLevel(seconds)})`;
/** Thickness grows with the square root: one rare passage stays visible beside a highway. */
export const thickness = (cases: number, most: number) => 1.3 + 4.2 * Math.sqrt(Math.min(1, cases / Math.max(1, most)));
