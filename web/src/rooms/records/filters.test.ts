import { expect, test } from 'vitest';
import type { ObjectShape, PipelineShape } from '@/client/schema';
import { conditionOf, facetsOf, quickCondition, quickFilters } from './filters';

const object = (...names: string[]) =>
  ({ name: 'opportunity', fields: names.map((name) => ({ name })) }) as unknown as ObjectShape;
const DEAL = object('owner', 'close_on', 'closed_at', 'stage', 'stage_since', 'last_activity_at');
const stage = (uid: string, kind: string, amount: number) => ({ uid, kind, idle: { amount, unit: 'working_days' } });
const SALE = {
  object: 'opportunity',
  stages: [stage('contact', 'task', 5), stage('won', 'won', 14)],
} as unknown as PipelineShape;

test('a quick filter is offered when its fields may be read', () => {
  expect(quickFilters(object('owner'))).toEqual(['mine']);
  expect(quickFilters(DEAL)).toEqual(['late', 'stale', 'soon', 'mine']);
});
test('what renews is asked for over ninety days, and what is past its notice by the notice of each', () => {
  const contract = object('renews_on', 'notice_months', 'tacit', 'closed_at');
  expect(quickFilters(contract)).toEqual(['renewing', 'noticed']);
  expect(quickFilters(object('renews_on', 'closed_at'))).toEqual(['renewing']);
  const open = { field: 'closed_at', test: 'empty' };
  expect(quickCondition('renewing', contract, [])).toEqual({
    all: [open, { field: 'renews_on', test: 'within_next', value: { amount: 90, unit: 'days' } }],
  });
  const said = quickCondition('noticed', contract, []) as { all: [unknown, unknown, { any: unknown[] }] };
  expect(said.all.slice(0, 2)).toEqual([open, { field: 'tacit', test: 'true' }]);
  expect(said.all[2].any).toHaveLength(12);
  expect(said.all[2].any[2]).toEqual({
    all: [
      { field: 'notice_months', test: 'at_least', value: 3 },
      { field: 'renews_on', test: 'within_next', value: { amount: 3, unit: 'months' } },
    ],
  });
});
test('no filter is no condition, one is itself, several must all hold', () => {
  const none = conditionOf({}, DEAL, []);
  expect(none).toBeNull();
  expect(conditionOf({ filtres: ['mine'] }, DEAL, [])).toEqual({
    field: 'owner',
    test: 'equals',
    value: { actor: 'me' },
  });
  const built = { field: 'amount', test: 'at_least', value: 1000 };
  expect(conditionOf({ facettes: { segment: ['pme', 'eti'] }, si: built }, DEAL, [])).toEqual({
    all: [{ field: 'segment', test: 'in', value: ['pme', 'eti'] }, built],
  });
});
test('what is not built to the end does not filter yet', () => {
  expect(conditionOf({ si: { field: 'amount', test: 'at_least' } }, DEAL, [])).toBeNull();
});
test('what rests is open, and each open stage has its own patience', () => {
  const said = JSON.stringify(quickCondition('stale', DEAL, [SALE]));
  expect(said).toContain('{"field":"closed_at","test":"empty"}');
  expect(said).toContain('"value":"contact"');
  expect(said).toContain('{"amount":5,"unit":"working_days"}');
  expect(said).not.toContain('"value":"won"');
  expect(JSON.stringify(quickCondition('stale', object('stage'), [SALE]))).not.toContain('last_activity_at');
});
test('facets are few, the region first', () => {
  const all = object('source', 'priority', 'product', 'segment', 'territory', 'amount');
  expect(facetsOf(all).map((field) => field.name)).toEqual(['territory', 'segment', 'product', 'priority']);
});
