import { expect, test } from 'vitest';
import type { MapDoc, Passage, Step } from '@/client/maps';
import { deltasOf } from './deltas';
import { graphOf } from './graph';
import { choicesFrom, choicesOf, completeness, newFields } from './model';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  label: id,
  kind: 'task',
  lane: 'l',
  phase: 'p',
  ...more,
});
const way = (source: string, target: string): Passage => ({ id: `${source}_${target}`, source, target });
const map = (steps: Step[], passages: Passage[]): MapDoc => ({
  uid: 'vente',
  title: 'Vente',
  kind: 'process',
  state: 'to_be',
  subject: 'opportunity',
  phases: [{ id: 'p', label: 'P' }],
  lanes: [{ id: 'l', label: 'L', role: 'sales', hue: 20 }],
  steps,
  passages,
});
const asIs = map([step('a'), step('b'), step('old')], [way('a', 'b'), way('b', 'old')]);
const toBe = map([step('a'), step('b', { label: 'Autre' }), step('c')], [way('a', 'b'), way('b', 'c')]);

test('against the as-is, a step is added, changed, removed or the same', () => {
  expect(Object.fromEntries(deltasOf(toBe, asIs))).toEqual({ a: null, b: 'changed', c: 'added' });
  const drawn = graphOf(toBe, { against: asIs });
  expect(drawn.steps.find((each) => each.id === 'old')?.delta).toBe('removed');
  expect(drawn.flows.map((each) => [each.id, each.delta])).toEqual([
    ['a_b', null],
    ['b_c', 'added'],
    ['gone:b_old', 'removed'],
  ]);
});
test('a step that stands elsewhere, one with other criteria and one that says more are told apart', () => {
  const [moved, asked, said] = [
    step('a', { phase: 'q' }),
    step('b', { exit: [{ id: 'e', label: 'E' }] }),
    step('old', { frictions: [{ id: 'f', label: 'F' }], systems: [] }),
  ];
  const other = { ...map([moved, asked, said], [way('a', 'b'), way('b', 'old')]) };
  other.passages[1]!.before = { condition: { field: 'amount', test: 'greater', value: 5 } };
  expect([...deltasOf(other, asIs).values()]).toEqual(['moved', 'criteria', 'changed']);
  expect(graphOf(other, { against: asIs }).flows.map((each) => each.delta)).toEqual([null, 'criteria']);
});
test('what says nothing is no difference, whatever the order of what is said', () => {
  const bare = { lane: 'l', kind: 'task', phase: 'p', label: 'a', id: 'a', entry: [], begins: false } as Step;
  expect([...deltasOf(map([bare], []), asIs).values()]).toEqual([null]);
});
test('a map alone has no gap', () => {
  expect(graphOf(toBe, {}).steps.every((each) => each.delta === null)).toBe(true);
});
test('the choices of a new field keep their labels and get plain ids', () => {
  const options = choicesFrom(['Élevée', 'Elevee', 'Basse']);
  expect(options.choices.map((each) => each.id)).toEqual(['elevee', 'elevee_2', 'basse']);
  expect(choicesOf({ id: 'x', label: 'x', options })).toEqual(['Élevée', 'Elevee', 'Basse']);
});
test('an information with a type brings a field, one that names a field does not', () => {
  const information = [
    { id: 'budget', label: 'Budget', type: 'money' },
    { id: 'source', label: 'Source', field: 'source' },
  ];
  expect(newFields(map([step('a', { information })], [])).map((each) => each.id)).toEqual(['budget']);
});
test('a step says more as its parts are filled', () => {
  const bare = completeness(step('a'), asIs);
  const told = completeness(
    step('a', { exit: [{ id: 'e', label: 'E' }], delays: { usual: { amount: 2, unit: 'days' } } }),
    asIs,
  );
  expect([bare.done, told.done]).toEqual([1, 3]);
});
