import { expect, test } from 'vitest';
import type { Graph } from './graph';
import { backFlows, layOut } from './layout';
import { placeLabels } from './labels';
import { rounded, runsThrough, segments } from './route';

const step = (id: string, lane: string, phase: string) => ({ id, label: id, lane, phase, shape: 'step' as const });
const flow = (source: string, target: string) => ({ id: `${source}_${target}`, source, target });
const graph: Graph = {
  lanes: [
    { id: 'client', label: 'Client', hue: 200 },
    { id: 'sales', label: 'Ventes', hue: 20 },
  ],
  phases: [
    { id: 'p1', label: 'Découvrir' },
    { id: 'p2', label: 'Décider' },
  ],
  steps: [step('a', 'sales', 'p1'), step('b', 'client', 'p1'), step('c', 'sales', 'p2'), step('d', 'sales', 'p2')],
  flows: [flow('a', 'b'), flow('b', 'c'), flow('c', 'd'), flow('d', 'a'), flow('a', 'd')],
};

test('a step stands in the band of its lane', () => {
  const laid = layOut(graph);
  for (const each of graph.steps) {
    const band = laid.lanes.find((lane) => lane.id === each.lane)!;
    const box = laid.boxes.get(each.id)!;
    expect(box.y).toBeGreaterThanOrEqual(band.y);
    expect(box.y + box.h).toBeLessThanOrEqual(band.y + band.h);
  }
});
test('no two boxes overlap', () => {
  const boxes = [...layOut(graph).boxes.values()];
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1))
      expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
});
test('a later phase stands to the right of an earlier one', () => {
  const { boxes } = layOut(graph);
  expect(boxes.get('c')!.x).toBeGreaterThan(boxes.get('a')!.x);
});
test('the flow that returns to an earlier phase goes back', () => {
  expect([...backFlows(graph)]).toEqual(['d_a']);
});
test('no route runs through a step that is not its own', () => {
  const laid = layOut(graph);
  for (const each of graph.flows)
    for (const segment of segments(laid.routes.get(each.id)!))
      for (const [id, box] of laid.boxes)
        if (id !== each.source && id !== each.target) expect(runsThrough(segment, box, 0)).toBe(false);
});
test('a step that a person placed stays where it was put', () => {
  const laid = layOut(graph, new Map([['b', { x: 700, y: 333 }]]));
  expect(laid.boxes.get('b')).toMatchObject({ x: 700, y: 333 });
});
test('an empty map has a size', () => {
  expect(layOut({ lanes: [], phases: [], steps: [], flows: [] }).width).toBeGreaterThan(0);
});
test('a route is drawn with rounded corners and its label on its longest part, clear of the others', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 20, y: 0 },
    { x: 20, y: 100 },
  ];
  expect(rounded(points)).toContain('Q20 0');
  const placed = placeLabels(
    [
      { id: 'first', text: 'oui', points },
      { id: 'second', text: 'non', points },
    ],
    [],
  );
  expect(placed.get('first')).toMatchObject({ x: 20, y: 50 });
  expect(Math.abs(placed.get('second')!.y - 50)).toBeGreaterThan(10);
});
test('what is long and says nothing on its passages is folded into lines, in order and without overlap', () => {
  const ids = Array.from({ length: 24 }, (_, index) => `s${index}`);
  const long: Graph = {
    lanes: [{ id: 'l', label: '', hue: 220 }],
    phases: [],
    tight: true,
    steps: ids.map((id) => step(id, 'l', '')),
    flows: ids.slice(1).map((id, index) => flow(ids[index]!, id)),
  };
  const laid = layOut(long);
  const plain = layOut({ ...long, tight: false });
  expect(laid.width).toBeLessThan(plain.width / 3);
  expect(laid.height).toBeLessThan(laid.width);
  const boxes = ids.map((id) => laid.boxes.get(id)!);
  for (const [index, box] of boxes.entries()) {
    const next = boxes[index + 1];
    if (next) expect(next.y > box.y || (next.y === box.y && next.x >= box.x + box.w)).toBe(true);
  }
  expect(laid.routes.size).toBe(23);
});
