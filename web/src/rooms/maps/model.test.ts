import { expect, test } from 'vitest';
import type { MapDoc } from '@/client/maps';
import { addStep, changeStep, connect, idFrom, record, redo, removeStep, start, undo } from './model';

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
const ways = (map: MapDoc) => map.passages.map((each) => `${each.source}>${each.target}`).sort();
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
test('the first step of an empty map brings a lane and a phase, and begins', () => {
  const { map } = addStep(empty, 'Qualifier', null);
  expect(map.lanes).toHaveLength(1);
  expect(map.steps[0]).toMatchObject({ id: 'qualifier', begins: true });
});
test('a step added next stands between its neighbours', () => {
  expect(ways(addStep(line(), 'X', 'b').map)).toEqual(['a>b', 'b>x', 'x>c']);
});
test('a branch leaves the other way out alone', () => {
  expect(ways(addStep(line(), 'X', 'b', 'branch').map)).toEqual(['a>b', 'b>c', 'b>x']);
});
test('removing a step ties what came before to what came after', () => {
  expect(ways(removeStep(line(), 'b'))).toEqual(['a>c']);
});
test('the same passage is never drawn twice', () => {
  expect(ways(connect(line(), 'a', 'b'))).toEqual(['a>b', 'b>c']);
});
test('what is undone can be redone, and a new change forgets the redo', () => {
  const first = start(line());
  const second = record(first, changeStep(first.present, 'a', { label: 'Autre' }));
  expect(undo(second).present).toBe(first.present);
  expect(redo(undo(second)).present).toBe(second.present);
  expect(record(undo(second), line()).future).toEqual([]);
});
