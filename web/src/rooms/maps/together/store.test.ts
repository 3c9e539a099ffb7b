import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { MapDoc, Step } from '@/client/maps';
import { addLane, addStep, changeStep, connect, removePassage, removeStep } from '../model';
import type { Drawing } from './document';
import { write } from './document';
import { Early } from './early';
import { arranged, between } from './order';
import { Store } from './store';

const EMPTY: MapDoc = {
  uid: 'vente',
  title: 'Vente',
  kind: 'process',
  state: 'to_be',
  subject: null,
  phases: [],
  lanes: [],
  steps: [],
  passages: [],
};
const drawing = (map: MapDoc = EMPTY): Drawing => ({ map, layout: { positions: {} } });

/** A store whose document came from a server, and the server's copy. */
function seated(server = new Y.Doc(), first = drawing()) {
  if (server.share.size === 0) write(server, drawing(), first);
  const store = new Store(first);
  store.receive(Y.encodeStateAsUpdate(server));
  store.arrive();
  return { store, server };
}
const meet = (...docs: Y.Doc[]) => {
  for (const one of docs) for (const other of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(other), 'far');
};
function isWhole({ map }: Drawing) {
  const [steps, lanes, phases] = [map.steps, map.lanes, map.phases].map((all) => new Set(all.map((each) => each.id)));
  return (
    map.passages.every((each) => steps!.has(each.source) && steps!.has(each.target)) &&
    map.steps.every((each) => lanes!.has(each.lane) && phases!.has(each.phase)) &&
    steps!.size === map.steps.length
  );
}
const pick = <T>(listed: readonly T[], n: number): T | undefined => listed[n % Math.max(1, listed.length)];
const EDITS: ((store: Store, n: number) => void)[] = [
  (store, n) => grow(store, n, 'next'),
  (store, n) => grow(store, n, 'branch'),
  (store, n) => edit(store, (map) => (map.steps.length ? removeStep(map, pick(map.steps, n)!.id) : map)),
  (store, n) => edit(store, (map) => (map.passages.length ? removePassage(map, pick(map.passages, n)!.id) : map)),
  (store, n) => edit(store, (map) => addLane(map, `Équipe ${n}`).map),
  (store, n) => edit(store, (map) => ({ ...map, lanes: map.lanes.filter((_, index) => index !== n % 3) })),
  (store, n) => edit(store, (map) => ({ ...map, steps: [...map.steps.slice(n % 4), ...map.steps.slice(0, n % 4)] })),
  (store, n) => rename(store, n, `Étape ${n}`),
  (store, n) => irritate(store, n),
  (store, n) => edit(store, (map) => (map.steps.length ? connect(map, map.steps[0]!.id, pick(map.steps, n)!.id) : map)),
  (store) => void store.undoing.undo(),
  (store) => void store.undoing.redo(),
];
const edit = (store: Store, change: (map: MapDoc) => MapDoc) =>
  store.change({ ...store.present, map: change(store.present.map) });
const grow = (store: Store, n: number, way: 'next' | 'branch') =>
  edit(store, (map) => addStep(map, `Nouvelle ${n}`, pick(map.steps, n)?.id ?? null, way).map);
const rename = (store: Store, n: number, label: string) =>
  edit(store, (map) => (map.steps.length ? changeStep(map, pick(map.steps, n)!.id, { label }) : map));
const irritate = (store: Store, n: number) =>
  edit(store, (map) => {
    const step = pick(map.steps, n);
    return step
      ? changeStep(map, step.id, { frictions: [...(step.frictions ?? []), { id: `f${n}`, label: 'x' }] })
      : map;
  });
const actions = fc.array(fc.tuple(fc.nat(EDITS.length - 1), fc.nat(30)), { maxLength: 25 });
const play = (store: Store, list: [number, number][]) => list.forEach(([which, n]) => EDITS[which]!(store, n));

test('any sequence of edits and undos leaves a whole map, and the document says the same', () => {
  fc.assert(
    fc.property(actions, (list) => {
      const { store } = seated();
      play(store, list);
      const fresh = seated(store.doc, drawing()).store;
      expect(isWhole(store.present)).toBe(true);
      expect(fresh.present).toEqual(store.present);
    }),
    { numRuns: 60 },
  );
});
test('what two people do at once, one of them offline, is one whole map for both', () => {
  fc.assert(
    fc.property(actions, actions, actions, (before, mine, theirs) => {
      const one = seated();
      play(one.store, before);
      const two = seated(one.store.doc, one.store.present);
      play(one.store, mine);
      play(two.store, theirs);
      meet(one.store.doc, two.store.doc);
      expect(one.store.present).toEqual(two.store.present);
      expect(isWhole(one.store.present)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
test('undoing takes back what I did and nothing that others did', () => {
  const one = seated();
  grow(one.store, 0, 'next');
  const two = seated(one.store.doc, one.store.present);
  meet(one.store.doc, two.store.doc);
  rename(one.store, 0, 'Qualifier');
  meet(one.store.doc, two.store.doc);
  irritate(two.store, 0);
  meet(one.store.doc, two.store.doc);
  one.store.undoing.undo();
  const [step] = one.store.present.map.steps as [Step];
  expect(step.label).toBe('Nouvelle 0');
  expect(step.frictions).toEqual([{ id: 'f0', label: 'x' }]);
});
test('what did not change keeps its identity', () => {
  const { store } = seated();
  for (const n of [0, 1, 2]) grow(store, n, 'next');
  const before = store.present;
  rename(store, 1, 'Autre');
  const changed = before.map.steps.filter((step, index) => step !== store.present.map.steps[index]);
  expect(changed).toHaveLength(1);
  expect(store.present.map.passages).toBe(before.map.passages);
  expect(store.present.layout).toBe(before.layout);
});
test('what is drawn before the document is here goes into it', () => {
  const server = new Y.Doc();
  write(server, drawing(), drawing({ ...EMPTY, title: 'Ailleurs' }));
  const store = new Store(drawing());
  grow(store, 0, 'next');
  expect(store.waits).toBe(true);
  store.receive(Y.encodeStateAsUpdate(server));
  store.arrive();
  expect(store.present.map.title).toBe('Ailleurs');
  expect(store.present.map.steps.map((each) => each.label)).toEqual(['Nouvelle 0']);
  expect(store.waits).toBe(false);
});
test('there is always a place between two others, and an order is written with few keys', () => {
  let [low, high] = ['', between('', null)];
  for (let times = 0; times < 200; times += 1) {
    const middle = between(low, high);
    expect(low < middle && middle < high).toBe(true);
    if (times % 2) low = middle;
    else high = middle;
  }
  const keys = new Map([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ]);
  expect([...arranged(['a', 'c', 'b'], keys).keys()]).toHaveLength(1);
});

test('what is drawn before the document is here, and while it is handed over, goes into it', () => {
  const early = new Early(drawing());
  const drawn = (label: string) => {
    const { map, layout } = early.present;
    early.change({ map: addStep(map, label, null, 'next').map, layout });
  };
  drawn('Avant');
  const store = new Store(early.first);
  early.hand(store);
  drawn('Pendant');
  expect(store.present.map.steps.map((step) => step.label)).toEqual(['Avant', 'Pendant']);
  expect(early.present).toBe(store.present);
});
