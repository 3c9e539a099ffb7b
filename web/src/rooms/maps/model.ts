/** Editing a map: pure functions, each returns a new map. */
import i18next from 'i18next';
import type { Information, Lane, MapDoc, MapLayout, Passage, Step } from '@/client/maps';
import { kindOf, type Part, says } from './kinds';

/** An id from a label: `Étude de la proposition` → `etude_de_la_proposition`, never one that is taken. */
export function idFrom(label: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const base =
    label
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[_0-9]+|_+$/g, '')
      .slice(0, 40)
      .replace(/_+$/, '') || 'element';
  if (!used.has(base)) return base;
  let n = 2;
  while (used.has(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
/** An id that no other map bears: a step becomes a stage of the pipeline, so two maps must never share one. */
export function freshId(prefix: string): string {
  const drawn = crypto.getRandomValues(new Uint8Array(8));
  return `${prefix}_${Array.from(drawn, (byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}
const ids = (map: MapDoc) => [...map.steps, ...map.passages, ...map.lanes, ...map.phases].map((each) => each.id);

/** The element to select for an id: itself, or the step that holds the criterion of that id. */
export function holderOf(map: MapDoc, id: string): string {
  const holds = (step: Step) => [...(step.exit ?? []), ...(step.entry ?? [])].some((each) => each.id === id);
  return ids(map).includes(id) ? id : (map.steps.find(holds)?.id ?? id);
}
export function changeStep(map: MapDoc, id: string, change: Partial<Step>): MapDoc {
  return { ...map, steps: map.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}
export function changePassage(map: MapDoc, id: string, change: Partial<Passage>): MapDoc {
  return { ...map, passages: map.passages.map((each) => (each.id === id ? { ...each, ...change } : each)) };
}
export function connect(map: MapDoc, source: string, target: string): MapDoc {
  if (map.passages.some((each) => each.source === source && each.target === target)) return map;
  return { ...map, passages: [...map.passages, { id: freshId('p'), source, target }] };
}
export interface Added {
  map: MapDoc;
  id: string;
}
/** A step after another one: between it and what follows (`next`), or as one more way out (`branch`). */
export function addStep(map: MapDoc, label: string, after: string | null, way: 'next' | 'branch' = 'next'): Added {
  const grown = withGround(map);
  const last = after ? grown.steps.find((step) => step.id === after) : undefined;
  const id = freshId('s');
  const step: Step = {
    id,
    label,
    kind: 'task',
    lane: last?.lane ?? grown.lanes[0]!.id,
    phase: last?.phase ?? grown.phases[0]!.id,
    begins: grown.steps.length === 0,
  };
  const at = last ? grown.steps.indexOf(last) + 1 : grown.steps.length;
  const steps = [...grown.steps.slice(0, at), step, ...grown.steps.slice(at)];
  if (!last) return { map: { ...grown, steps }, id };
  const out = grown.passages.filter((each) => each.source === last.id);
  const moved = way === 'next' && out.length === 1 ? out[0]! : null;
  const passages = grown.passages.map((each) => (each === moved ? { ...each, source: id } : each));
  return { map: connect({ ...grown, steps, passages }, last.id, id), id };
}
/** A step before another one: what led there leads to it, and it leads on. */
export function addBefore(map: MapDoc, label: string, before: string): Added {
  const next = map.steps.find((step) => step.id === before);
  if (!next) return addStep(map, label, null);
  const id = freshId('s');
  const step: Step = { id, label, kind: 'task', lane: next.lane, phase: next.phase, begins: next.begins ?? false };
  const passages = map.passages.map((each) =>
    each.target === before && each.source !== before ? { ...each, target: id } : each,
  );
  const steps = map.steps.flatMap((each) => (each === next ? [step, { ...each, begins: false }] : [each]));
  return { map: connect({ ...map, steps, passages }, id, before), id };
}
/** A map with a lane and a phase to stand on. */
function withGround(map: MapDoc): MapDoc {
  const lanes = map.lanes.length
    ? map.lanes
    : [{ id: 'equipe', label: i18next.t('ground.lane', { ns: 'maps' }), hue: 220 }];
  const phases = map.phases.length
    ? map.phases
    : [{ id: 'parcours', label: i18next.t('ground.phase', { ns: 'maps' }) }];
  return { ...map, lanes, phases };
}
/** Removes a step; what came before it is tied to what came after when that is unambiguous. */
export function removeStep(map: MapDoc, id: string): MapDoc {
  const before = map.passages.filter((each) => each.target === id && each.source !== id);
  const after = map.passages.filter((each) => each.source === id && each.target !== id);
  const passages = map.passages.filter((each) => each.source !== id && each.target !== id);
  const rest = { ...map, steps: map.steps.filter((step) => step.id !== id), passages };
  if (after.length !== 1) return rest;
  return before.reduce(
    (known, each) => (each.source === after[0]!.target ? known : connect(known, each.source, after[0]!.target)),
    rest,
  );
}
export const removePassage = (map: MapDoc, id: string): MapDoc => ({
  ...map,
  passages: map.passages.filter((each) => each.id !== id),
});
export function addLane(map: MapDoc, label: string): Added {
  const id = idFrom(label, ids(map));
  const lane: Lane = { id, label, hue: (40 + map.lanes.length * 67) % 360 };
  return { map: { ...map, lanes: [...map.lanes, lane] }, id };
}
export function addPhase(map: MapDoc, label: string): Added {
  const id = idFrom(label, ids(map));
  return { map: { ...map, phases: [...map.phases, { id, label }] }, id };
}

export type Places = Record<string, { x: number; y: number }>;
/** Elements put somewhere by a person: the automatic layout leaves them there. */
export function placedAt(layout: MapLayout, places: Places): MapLayout {
  const moved = Object.entries(places).map(([id, { x, y }]) => [
    id,
    { x: Math.round(x), y: Math.round(y), placed: true },
  ]);
  return { positions: { ...layout.positions, ...Object.fromEntries(moved) } };
}

/** What can be undone and redone. */
export interface History<T> {
  past: T[];
  present: T;
  future: T[];
}
const KEPT = 100;
export const start = <T>(present: T): History<T> => ({ past: [], present, future: [] });
export const record = <T>(history: History<T>, present: T): History<T> =>
  present === history.present
    ? history
    : { past: [...history.past.slice(-KEPT), history.present], present, future: [] };
export function undo<T>({ past, present, future }: History<T>): History<T> {
  const last = past.at(-1);
  return last === undefined
    ? { past, present, future }
    : { past: past.slice(0, -1), present: last, future: [present, ...future] };
}
export function redo<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  return next === undefined ? { past, present, future } : { past: [...past, present], present: next, future: rest };
}

/** The choices of a new field, by their labels; ids are made from the labels. */
export function choicesFrom(labels: readonly string[]): { choices: { id: string; label: string }[] } {
  const taken: string[] = [];
  const choices = labels.map((label) => {
    const id = idFrom(label, taken);
    taken.push(id);
    return { id, label };
  });
  return { choices };
}
export function choicesOf(item: Information): string[] {
  const listed = (item.options as { choices?: { label: string }[] } | undefined)?.choices;
  return (listed ?? []).map((each) => each.label);
}
/** The fields that the map itself brings: an information with a type. */
export const newFields = (map: MapDoc): Information[] =>
  map.steps.flatMap((step) => step.information ?? []).filter((each) => each.type && !each.field);

/** The scenarios that go through a step, by their titles. */
export function storiesOf(map: MapDoc, step: string): string[] {
  const told = (map.scenarios ?? []) as { title: string }[];
  return told.filter((each) => JSON.stringify(each).includes(`"${step}"`)).map((each) => each.title);
}
/** How much of a step is said, and which parts are not. */
export function completeness(step: Step, map: MapDoc): { done: number; total: number; missing: string[] } {
  const played = map.lanes.find((lane) => lane.id === step.lane)?.role;
  const delays = step.delays ?? {};
  const elsewhere: Partial<Record<Part, boolean>> = {
    actors: Boolean(played) || (step.actors ?? []).length > 0,
    delays: Boolean(delays.usual ?? delays.maximum ?? delays.target),
    scenarios: storiesOf(map, step.id).length > 0,
  };
  const { complete } = kindOf(map);
  const missing = complete.filter((part) => !(elsewhere[part] ?? says(step, part)));
  return { done: complete.length - missing.length, total: complete.length, missing };
}
/** The irritants of a map, as they are chosen: each once, with the step where it hurts. */
export function frictionsOf(map: MapDoc | undefined): { value: string; label: string }[] {
  const all = (map?.steps ?? []).flatMap((step) =>
    (step.frictions ?? []).map((each) => ({ value: each.id, label: `${each.label} (${step.label})` })),
  );
  return [...new Map(all.map((each) => [each.value, each])).values()];
}
/** The map in which an element answers these irritants and no others. */
export function answering(map: MapDoc, element: string, frictions: readonly string[]): MapDoc {
  const others = (map.answers ?? []).filter((each) => each.element !== element);
  return { ...map, answers: [...others, ...frictions.map((friction) => ({ element, friction }))] };
}
