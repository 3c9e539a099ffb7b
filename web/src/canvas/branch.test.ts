import { expect, test } from 'vitest';
import { above, leadsTo, narrowed, under } from './branch';
import type { Graph } from './graph';

const graph = (ways: string, begins = 'a'): Graph => {
  const flows = ways.split(' ').map((way) => ({ id: way, source: way[0]!, target: way[1]! }));
  const ids = [...new Set([...ways.replace(/ /g, '')])];
  return {
    lanes: [],
    phases: [],
    steps: ids.map((id) => ({ id, label: id, lane: '', phase: '', shape: 'step' as const, begins: id === begins })),
    flows,
  };
};
const seen = (found: Graph) => found.steps.map((step) => step.id + (step.folded ?? '')).join(' ');

test('a folded step hides what is reached through it alone, and says how much', () => {
  const tree = graph('ab bc bd ae');
  expect([...under(tree, 'b')].sort()).toEqual(['c', 'd']);
  expect(seen(narrowed(tree, { folds: new Set(['b']), branch: null }))).toBe('a b2 e');
});
test('what another way leads to stays in sight', () => {
  expect([...under(graph('ab bc ad dc ce'), 'b')]).toEqual([]);
  expect([...under(graph('ab bc ca cd'), 'a')].sort()).toEqual(['b', 'c', 'd']);
});
test('one branch is shown alone, with what lies in it', () => {
  const tree = graph('ab bc ad');
  expect(seen(narrowed(tree, { folds: new Set(), branch: 'b' }))).toBe('b c');
  expect(seen(narrowed(tree, { folds: new Set(['b']), branch: 'b' }))).toBe('b1');
  expect(narrowed(tree, { folds: new Set(), branch: 'gone' })).toBe(tree);
});
test('what leads to a step and what it leads to are found, loops too', () => {
  const loop = graph('ab bc cb cd');
  expect([...leadsTo(loop, 'b')].sort()).toEqual(['b', 'c', 'd']);
  expect([...above(loop, ['c'])].sort()).toEqual(['a', 'b', 'c']);
});
