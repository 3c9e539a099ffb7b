import { expect, test } from 'vitest';
import type { MapDoc } from '@/client/maps';
import {
  addBefore,
  addStep,
  changeStep,
  connect,
  freshId,
  holderOf,
  idFrom,
  record,
  redo,
  removeStep,
  start,
  undo,
} from './model';

const empty: MapDoc = {
  uid: 'vente',
  title: 'Vente',
  kind: 'process',
  state: 'to_be',
  subject: 'opportunity',
  phases: [],
  lanes: [],
  steps: [],
  passages: [],
};
const named = (map: MapDoc, label: string) => map.steps.find((each) => each.label === label)!.id;
const labelOf = (map: MapDoc, id: string) => map.steps.find((each) => each.id === id)!.label;
const ways = (map: MapDoc) =>
  map.passages.map((each) => `${labelOf(map, each.source)}>${labelOf(map, each.target)}`).sort();
function line(): MapDoc {
  const a = addStep(empty, 'A', null);
  const b = addStep(a.map, 'B', a.id);
  return addStep(b.map, 'C', b.id).map;
}

test('an id is made of plain letters and is never taken', () => {
  expect(idFrom('Étude de la proposition', [])).toBe('etude_de_la_proposition');
  expect(idFrom('2e relance', [])).toBe('e_relance');
  expect(idFrom('A', ['a', 'a_2'])).toBe('a_3');
  expect(idFrom('!', [])).toBe('element');
});
test('steps of two maps never share an id', () => {
  expect(freshId('s')).toMatch(/^s_[a-z2-9]{8}$/);
  expect(freshId('s')).not.toBe(freshId('s'));
});
test('the first step of an empty map brings a lane and a phase, and begins', () => {
  const { map } = addStep(empty, 'Qualifier', null);
  expect(map.lanes).toHaveLength(1);
  expect(map.steps[0]).toMatchObject({ label: 'Qualifier', begins: true });
});
test('a step added next stands between its neighbours', () => {
  const map = line();
  expect(ways(addStep(map, 'X', named(map, 'B')).map)).toEqual(['A>B', 'B>X', 'X>C']);
});
test('a branch leaves the other way out alone', () => {
  const map = line();
  expect(ways(addStep(map, 'X', named(map, 'B'), 'branch').map)).toEqual(['A>B', 'B>C', 'B>X']);
});
test('removing a step ties what came before to what came after', () => {
  const map = line();
  expect(ways(removeStep(map, named(map, 'B')))).toEqual(['A>C']);
});
test('the same passage is never drawn twice', () => {
  const map = line();
  expect(ways(connect(map, named(map, 'A'), named(map, 'B')))).toEqual(['A>B', 'B>C']);
});
test('what is undone can be redone, and a new change forgets the redo', () => {
  const first = start(line());
  const second = record(first, changeStep(first.present, named(first.present, 'A'), { label: 'Autre' }));
  expect(undo(second).present).toBe(first.present);
  expect(redo(undo(second)).present).toBe(second.present);
  expect(record(undo(second), line()).future).toEqual([]);
});
test('a step inserted before another takes over what led there, and the beginning', () => {
  const map = line();
  const inside = addBefore(map, 'New', named(map, 'B')).map;
  expect(ways(inside)).toEqual(['A>New', 'B>C', 'New>B']);
  expect(inside.steps.map((each) => each.label)).toEqual(['A', 'New', 'B', 'C']);
  const first = addBefore(map, 'New', named(map, 'A')).map;
  expect(ways(first)).toEqual(['A>B', 'B>C', 'New>A']);
  expect(first.steps.filter((each) => each.begins).map((each) => each.label)).toEqual(['New']);
});

test('a criterion is looked for on the step that holds it', () => {
  const map = line();
  const asked = changeStep(map, named(map, 'B'), { exit: [{ id: 'cr_besoin', label: 'Le besoin est écrit' }] });
  expect(holderOf(asked, 'cr_besoin')).toBe(named(map, 'B'));
  expect(holderOf(asked, named(map, 'A'))).toBe(named(map, 'A'));
  expect(holderOf(asked, 'nowhere')).toBe('nowhere');
});
