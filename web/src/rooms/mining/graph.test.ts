import { expect, test } from 'vitest';
import { layOut } from '@/canvas/layout';
import { graphOf } from './graph';
import type { FlowAnswer } from './queries';

const step = (id: string, starts: number) => ({
  id,
  label: id,
  cases: 10,
  events: 10,
  median_seconds: 60,
  p90_seconds: 90,
  working_median_seconds: 60,
  working_p90_seconds: 90,
  starts,
  ends: 0,
});
const edge = (source: string, target: string, count: number) => ({
  id: `${source}_${target}`,
  source,
  target,
  count,
  cases: count,
  median_seconds: 60,
  p90_seconds: 90,
  working_median_seconds: 60,
  working_p90_seconds: 90,
});
const flow: FlowAnswer = {
  cases: 10,
  all_cases: 10,
  rough: false,
  events: 30,
  from: '',
  to: '',
  sentence: null,
  coverage: 1,
  hidden_edges: [],
  hidden_steps: [],
  variants: [],
  steps: [step('c', 0), step('a', 9), step('b', 1)],
  edges: [edge('a', 'b', 9), edge('b', 'c', 8), edge('b', 'b', 2), edge('b', 'a', 1)],
};

test('the flow starts where cases start and ends where nothing leaves', () => {
  const graph = graphOf(flow, []);
  expect(graph.steps[0]!.id).toBe('a');
  expect(graph.steps.find((each) => each.id === 'c')!.shape).toBe('final');
});
test('a flow with loops still has a layout', () => {
  const laid = layOut(graphOf(flow, []));
  expect(laid.boxes.get('a')!.x).toBeLessThan(laid.boxes.get('b')!.x);
  expect(laid.back).toContain('b_a');
});
