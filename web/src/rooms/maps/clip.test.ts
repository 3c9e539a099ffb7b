import { expect, test } from 'vitest';
import type { MapDoc } from '@/client/maps';
import { asText, clipOf, drawList, fromText, paste, tidied } from './clip';
import { addStep } from './model';

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
const labelled = (map: MapDoc) => {
  const label = (id: string) => map.steps.find((each) => each.id === id)!.label;
  return map.passages.map((each) => `${label(each.source)}>${label(each.target)}`).sort();
};

test('an indented list becomes steps that follow each other, and branches', () => {
  const { map } = addStep(EMPTY, 'Début', null);
  const text = '- Qualifier\n- Proposer\n\t1. Relancer\n\t2. Abandonner\n- Signer\n';
  const { drawing, ids } = drawList({ map, layout: { positions: {} } }, text, map.steps[0]!.id);
  expect(ids).toHaveLength(5);
  expect(labelled(drawing.map)).toEqual([
    'Début>Qualifier',
    'Proposer>Relancer',
    'Proposer>Signer',
    'Qualifier>Proposer',
    'Relancer>Abandonner',
  ]);
});
test('what is pasted has ids of its own and stands on the lanes of the map it comes to', () => {
  const first = addStep(EMPTY, 'A', null);
  const second = addStep(first.map, 'B', first.id);
  const clip = fromText(asText(clipOf(second.map, new Set([first.id, second.id]), { [first.id]: { x: 1, y: 2 } })))!;
  const { drawing, ids } = paste({ map: second.map, layout: { positions: {} } }, clip);
  expect(labelled(drawing.map)).toEqual(['A>B', 'A>B']);
  expect(new Set(drawing.map.steps.map((each) => each.id)).size).toBe(4);
  expect(drawing.map.lanes).toEqual(second.map.lanes);
  expect(drawing.map.steps.filter((each) => each.begins)).toHaveLength(1);
  expect(drawing.layout.positions[ids[0]!]).toEqual({ x: 41, y: 42, placed: true });
  const elsewhere = paste({ map: EMPTY, layout: { positions: {} } }, clip).drawing.map;
  expect(elsewhere.steps.map((each) => each.lane)).toEqual([elsewhere.lanes[0]!.id, elsewhere.lanes[0]!.id]);
  expect(fromText('- A\n- B')).toBeNull();
});
test('putting in order frees what is chosen, or everything', () => {
  const at = { x: 1, y: 1, placed: true };
  const layout = { positions: { a: at, b: at, c: at } };
  expect(Object.keys(tidied(layout, new Set(['a', 'b'])).positions)).toEqual(['c']);
  expect(tidied(layout, new Set(['a'])).positions).toEqual({});
});
