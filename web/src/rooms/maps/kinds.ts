/** The kinds of map, as data: what is drawn on each, what is said of it, what its links are called, what it is for. */
import type { MapDoc, Step, StepKind } from '@/client/maps';

export type Section =
  | 'ground'
  | 'begins'
  | 'probability'
  | 'duty'
  | 'person'
  | 'information'
  | 'documents'
  | 'systems'
  | 'delays'
  | 'frictions'
  | 'entry'
  | 'exit'
  | 'contents'
  | 'automations'
  | 'measures'
  | 'scenarios'
  | 'touchpoints'
  | 'emotion'
  | 'signals'
  | 'risks'
  | 'compliance'
  | 'weight'
  | 'submaps';
/** What the completeness of a step counts; `actors` and `scenarios` are said elsewhere than on the step. */
export type Part =
  | 'actors'
  | 'delays'
  | 'information'
  | 'documents'
  | 'systems'
  | 'frictions'
  | 'entry'
  | 'exit'
  | 'contents'
  | 'scenarios'
  | 'touchpoints'
  | 'emotion'
  | 'person'
  | 'description';
interface Kind {
  /** Whether it compiles: it is published, and has a plan. */
  builds: boolean;
  /** Whether it may be made into a process. */
  becomes: boolean;
  steps: readonly StepKind[];
  /** The letter that gives each nature to a new branch. */
  letters: Readonly<Record<string, StepKind>>;
  sections: readonly Section[];
  complete: readonly Part[];
  /** Links say when they are taken (`conditions`), or how two things hold together, in one of these words. */
  conditions: boolean;
  links: readonly string[];
}
const ALL: readonly Section[] = [
  'ground', 'begins', 'probability', 'duty', 'information', 'documents', 'systems', 'delays', 'frictions', 'entry',
  'exit', 'contents', 'automations', 'measures', 'scenarios', 'touchpoints', 'emotion', 'signals', 'risks', 'compliance', 'weight',
  'submaps',
]; // prettier-ignore
const LETTERS = { d: 'decision', a: 'gateway', t: 'wait', g: 'won', p: 'lost', c: 'closed' } as const;
const LETTERS_OF_A_SKETCH = { c: 'contact', d: 'deal', r: 'risk', b: 'need', j: 'milestone' } as const;
const PROCESS: Kind = {
  builds: true,
  becomes: false,
  steps: ['task', 'interest', 'evaluation', 'decision', 'wait', 'gateway', 'won', 'lost', 'closed'],
  letters: LETTERS,
  sections: ALL,
  complete: [
    'actors', 'delays', 'information', 'documents', 'systems', 'frictions', 'entry', 'exit', 'contents', 'scenarios',
  ], // prettier-ignore
  conditions: true,
  links: [],
};
const KINDS: Record<string, Kind> = {
  process: PROCESS,
  journey: {
    builds: false,
    becomes: true,
    steps: ['task', 'wait', 'decision', 'closed'],
    letters: { d: 'decision', t: 'wait', c: 'closed' },
    sections: ['ground', 'begins', 'touchpoints', 'emotion', 'frictions', 'signals', 'contents', 'risks', 'submaps'],
    complete: ['touchpoints', 'emotion', 'frictions', 'contents', 'description'],
    conditions: false,
    links: [],
  },
  decision: {
    builds: false,
    becomes: true,
    steps: ['decision', 'task', 'closed'],
    letters: { d: 'decision', c: 'closed' },
    sections: ['ground', 'begins', 'contents', 'documents', 'risks', 'submaps'],
    complete: ['description', 'contents'],
    conditions: true,
    links: [],
  },
  stakeholder: {
    builds: false,
    becomes: false,
    steps: ['task', 'contact', 'deal', 'risk', 'need', 'milestone'],
    letters: LETTERS_OF_A_SKETCH,
    sections: ['ground', 'person', 'frictions', 'contents', 'risks'],
    complete: ['person', 'description'],
    conditions: false,
    links: ['reports', 'influences', 'works', 'opposes'],
  },
  mind: {
    builds: false,
    becomes: true,
    steps: ['task', 'contact', 'deal', 'risk', 'need', 'milestone'],
    letters: LETTERS_OF_A_SKETCH,
    sections: ['documents', 'contents', 'submaps'],
    complete: ['description'],
    conditions: false,
    links: [],
  },
};
export const kindOf = (map: Pick<MapDoc, 'kind'>): Kind => KINDS[map.kind] ?? PROCESS;
export const shows = (map: Pick<MapDoc, 'kind'>, section: Section): boolean => kindOf(map).sections.includes(section);
/** Whether a step says a part of what its kind of map is to say. */
export const says = (step: Step, part: Part): boolean => {
  const said = step[part];
  if (part === 'person') return Boolean(step.person?.roles?.length) && step.person?.power != null;
  return Array.isArray(said) ? said.length > 0 : Boolean(said);
};
const SAME_EVERYWHERE = new Set<StepKind>(Object.values(LETTERS_OF_A_SKETCH));
/** What a step may be, what it is already included. */
export const kindsOf = (map: MapDoc, now: StepKind): StepKind[] => [...new Set([...kindOf(map).steps, now])];
export const lettersOf = (map: MapDoc) => kindOf(map).letters;
/** What a nature of step is called on a kind of map: a task is a moment of a journey, an idea of a mind map. */
export const nameOfKind = (t: (key: string) => string, map: Pick<MapDoc, 'kind'>, kind: StepKind): string =>
  kindOf(map).builds || SAME_EVERYWHERE.has(kind) ? t(`kind.${kind}`) : t(`kindOn.${map.kind}.${kind}`);
/** What is added to a map: a step of a process, else the first nature that its kind knows. */
export const nameOfNew = (t: (key: string) => string, map: Pick<MapDoc, 'kind'>): string =>
  kindOf(map).builds ? t('addStep') : nameOfKind(t, map, kindOf(map).steps[0]!);
