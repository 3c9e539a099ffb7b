/** The kinds of step that a map may have, and the letter that gives each to a new branch. */
import type { MapDoc, StepKind } from '@/client/maps';

const OF_A_PROCESS = [
  'task',
  'interest',
  'evaluation',
  'decision',
  'wait',
  'gateway',
  'won',
  'lost',
  'closed',
] as const;
const OF_A_SKETCH = ['task', 'contact', 'deal', 'risk', 'need', 'milestone'] as const;
const LETTERS: Record<string, StepKind> = { d: 'decision', a: 'gateway', t: 'wait', g: 'won', p: 'lost', c: 'closed' };
const LETTERS_OF_A_SKETCH: Record<string, StepKind> = {
  c: 'contact',
  d: 'deal',
  r: 'risk',
  b: 'need',
  j: 'milestone',
};
const isSketch = ({ kind }: MapDoc) => kind === 'mind' || kind === 'stakeholder';
/** What a step may be, what it is already included. */
export const kindsOf = (map: MapDoc, now: StepKind): StepKind[] => [
  ...new Set<StepKind>([...(isSketch(map) ? OF_A_SKETCH : OF_A_PROCESS), now]),
];
export const lettersOf = (map: MapDoc) => (isSketch(map) ? LETTERS_OF_A_SKETCH : LETTERS);
