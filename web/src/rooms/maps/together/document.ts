/** The shared document of a map: the same shape as on the server (`maps/shared`), read and written by difference. */
import { equalityDeep } from 'lib0/function';
import * as Y from 'yjs';
import type { Lane, MapDoc, MapLayout, Passage, Step } from '@/client/maps';
import { arranged, sorted } from './order';

export interface Drawing {
  map: MapDoc;
  layout: MapLayout;
}
type Json = Record<string, unknown>;
type Thing = { id: string } & Json;
type Shared = Y.Map<unknown>;
export const ELEMENTS = ['phases', 'lanes', 'steps', 'passages'] as const;
export const ROOTS = [...ELEMENTS, 'map', 'positions'] as const;
const FIXED = new Set<string>(['id', 'uid', 'state', ...ELEMENTS]);
const PLACE = '#';

/** Writes what leads from one drawing to another; what others changed meanwhile stays. */
export function write(doc: Y.Doc, before: Drawing, after: Drawing): void {
  if (before.map !== after.map) {
    const head = (map: MapDoc) => Object.fromEntries(Object.entries(map).filter(([name]) => !FIXED.has(name)));
    writeProperties(doc.getMap('map'), head(before.map), head(after.map));
    for (const name of ELEMENTS)
      if (before.map[name] !== after.map[name])
        writeElements(doc.getMap(name), before.map[name] as unknown as Thing[], after.map[name] as unknown as Thing[]);
  }
  if (before.layout !== after.layout)
    writeValues(doc.getMap('positions'), before.layout.positions, after.layout.positions);
}
const byId = (listed: readonly Thing[]) => new Map(listed.map((each) => [each.id, each]));
const sameOrder = (a: Iterable<string>, b: Iterable<string>) => [...a].join() === [...b].join();

function writeElements(shared: Shared, before: Thing[], after: Thing[]): void {
  const [was, drawn] = [byId(before), byId(after)];
  for (const id of was.keys()) if (!drawn.has(id)) shared.delete(id);
  for (const [id, element] of drawn) {
    if (!was.has(id) && !(shared.get(id) instanceof Y.Map)) shared.set(id, new Y.Map());
    const held = shared.get(id);
    if (held instanceof Y.Map && was.get(id) !== element) writeProperties(held, was.get(id) ?? {}, element);
  }
  if (sameOrder(was.keys(), drawn.keys())) return;
  const there = [...drawn.keys()].filter((id) => shared.get(id) instanceof Y.Map);
  const keys = new Map(there.map((id) => [id, (shared.get(id) as Shared).get(PLACE)]));
  for (const [id, key] of arranged(there, keys)) (shared.get(id) as Shared).set(PLACE, key);
}
function writeProperties(shared: Shared, before: Json, after: Json): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, said] = [before[name], after[name]];
    if (name === 'id' || equalityDeep(was, said)) continue;
    if (areThings(said) && (!was || (was as unknown[]).length === 0 || areThings(was))) {
      writeThings(shared, name, (was as Thing[] | undefined) ?? [], said);
      continue;
    }
    for (const key of [...shared.keys()]) if (key.startsWith(`${name}/`)) shared.delete(key);
    if (said === undefined) shared.delete(name);
    else shared.set(name, plain(said));
  }
}
/** Each thing of a list lies for itself, so that two people who add to it both stay. */
function writeThings(shared: Shared, name: string, before: Thing[], after: Thing[]): void {
  const [was, said] = [byId(before), byId(after)];
  const keyOf = (id: string) => `${name}/${id}`;
  const marker = shared.get(name);
  if (!Array.isArray(marker) || marker.length) shared.set(name, []);
  for (const id of was.keys()) if (!said.has(id)) shared.delete(keyOf(id));
  const places = new Map([...said.keys()].map((id) => [id, (shared.get(keyOf(id)) as [string] | undefined)?.[0]]));
  const moved = sameOrder(was.keys(), said.keys()) ? new Map<string, string>() : arranged([...said.keys()], places);
  for (const [id, thing] of said) {
    if (!moved.has(id) && equalityDeep(was.get(id), thing)) continue;
    if (was.has(id) && !shared.has(keyOf(id))) continue;
    shared.set(keyOf(id), [moved.get(id) ?? places.get(id) ?? '', plain(thing)]);
  }
}
function writeValues(shared: Shared, before: Json, after: Json): void {
  for (const id of Object.keys(before)) if (!(id in after)) shared.delete(id);
  for (const [id, value] of Object.entries(after)) if (!equalityDeep(before[id], value)) shared.set(id, plain(value));
}
/** The value as JSON has it: nothing that is undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const areThings = (value: unknown): value is Thing[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each: unknown) => typeof (each as Thing | null)?.id === 'string') &&
  new Set(value.map((each: Thing) => each.id)).size === value.length;

/** What an element says, its lists put together. */
function said(element: Shared): Json {
  const out: Json = {};
  const things = new Map<string, { id: string; key: unknown; thing: unknown }[]>();
  element.forEach((value, key) => {
    const slash = key.indexOf('/');
    if (slash < 0 && key !== PLACE) out[key] = value;
    else if (slash >= 0 && Array.isArray(value)) {
      const name = key.slice(0, slash);
      things.set(name, [...(things.get(name) ?? []), { id: key, key: value[0], thing: value[1] }]);
    }
  });
  for (const [name, listed] of things) {
    const first = Array.isArray(out[name]) ? (out[name] as unknown[]) : [];
    out[name] = [...first, ...sorted(listed).map((each) => each.thing)];
  }
  return out;
}
export type Cache = WeakMap<Shared, Thing>;
/** The drawing that a document holds; what did not change keeps its identity, so that only the rest is drawn anew. */
export function read(doc: Y.Doc, previous: Drawing, cache: Cache): Drawing {
  const steps = readElements(doc, 'steps', previous.map.steps as unknown as Thing[], cache);
  const lanes = ground(readElements(doc, 'lanes', previous.map.lanes as unknown as Thing[], cache), steps, 'lane');
  const phases = ground(readElements(doc, 'phases', previous.map.phases as unknown as Thing[], cache), steps, 'phase');
  const known = new Set(steps.map((step) => step.id));
  const ways = readElements(doc, 'passages', previous.map.passages as unknown as Thing[], cache);
  const [laneIds, phaseIds] = [new Set(lanes.map((each) => each.id)), new Set(phases.map((each) => each.id))];
  const standing = steps.map((step) => {
    const lane = laneIds.has(step.lane as string) ? step.lane : lanes[0]!.id;
    const phase = phaseIds.has(step.phase as string) ? step.phase : phases[0]!.id;
    return lane === step.lane && phase === step.phase ? step : { ...step, lane, phase };
  });
  const { map, layout } = previous;
  const next = {
    ...said(doc.getMap('map')),
    uid: map.uid,
    state: map.state,
    lanes: kept(map.lanes, lanes as unknown as Lane[]),
    phases: kept(map.phases, phases as unknown as MapDoc['phases']),
    steps: kept(map.steps, standing as unknown as Step[]),
    passages: kept(
      map.passages,
      ways.filter((way) => known.has(way.source as string) && known.has(way.target as string)) as unknown as Passage[],
    ),
  } as MapDoc;
  next.title ??= map.title;
  const positions = doc.getMap('positions').toJSON() as MapLayout['positions'];
  return {
    map: unchanged(map, next) ? map : next,
    layout: equalityDeep(layout.positions, positions) ? layout : { positions },
  };
}
function readElements(doc: Y.Doc, name: (typeof ELEMENTS)[number], before: Thing[], cache: Cache): Thing[] {
  const known = byId(before);
  const found: { id: string; key: unknown; element: Thing }[] = [];
  doc.getMap(name).forEach((held, id) => {
    if (!(held instanceof Y.Map)) return;
    let element = cache.get(held);
    if (!element) {
      const built = { ...said(held), id };
      const old = known.get(id);
      element = equalityDeep(old, built) ? old! : built;
      cache.set(held, element);
    }
    found.push({ id, key: held.get(PLACE), element });
  });
  return sorted(found).map((each) => each.element);
}
/** The lanes or the phases; the last one comes back when steps still stand on it. */
function ground(listed: Thing[], steps: Thing[], on: 'lane' | 'phase'): Thing[] {
  if (listed.length || steps.length === 0) return listed;
  const id = (steps[0]![on] as string | undefined) ?? on;
  return [on === 'lane' ? { id, label: id, hue: 220 } : { id, label: id }];
}
const kept = <T>(before: T[], after: T[]): T[] =>
  before.length === after.length && after.every((each, index) => each === before[index]) ? before : after;
const unchanged = (before: MapDoc, after: MapDoc): boolean =>
  Object.keys({ ...before, ...after }).every(
    (name) => before[name] === after[name] || (!isElements(name) && equalityDeep(before[name], after[name])),
  );
const isElements = (name: string) => (ELEMENTS as readonly string[]).includes(name);
