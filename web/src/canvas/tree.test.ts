import { expect, test } from 'vitest';
import type { Graph } from './graph';
import { layOutTree } from './tree';

const graph = (...branches: [string, string][]): Graph => ({
  lanes: [],
  phases: [],
  tree: true,
  steps: [...new Set(branches.flat())].map((id) => ({ id, label: id, lane: 'l', phase: 'f', shape: 'step' })),
  flows: branches.map(([source, target]) => ({ id: `${source}${target}`, source, target })),
});

test('a topic stands right of what holds it, and no two topics cover each other', () => {
  const { boxes, routes } = layOutTree(graph(['a', 'b'], ['a', 'c'], ['c', 'd'], ['c', 'e']));
  const x = (id: string) => boxes.get(id)!.x;
  expect([x('a') < x('b'), x('b') === x('c'), x('c') < x('d')]).toEqual([true, true, true]);
  const places = [...boxes.values()].map((box) => `${box.x}/${box.y}`);
  expect(new Set(places).size).toBe(5);
  expect(routes.size).toBe(4);
});
test('a circle of topics is laid out all the same', () => {
  expect(layOutTree(graph(['a', 'b'], ['b', 'c'], ['c', 'b'])).boxes.size).toBe(3);
});
