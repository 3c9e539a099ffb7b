import { expect, test } from 'vitest';
import { conditionOf, firstFilter, isWhole, operandOf, QUICK, quickCondition, quickFilters, testsOf } from './filters';

const fields = (...names: string[]) => ({ fields: names.map((name) => ({ name }) as never) });

test('a quick filter is offered when its fields may be read', () => {
  expect(quickFilters(fields('owner'))).toEqual(['mine']);
  expect(quickFilters(fields('owner', 'close_on', 'closed_at', 'created_at', 'last_activity_at'))).toEqual([...QUICK]);
});
test('no filter is no condition, one is itself, several must all hold', () => {
  expect(conditionOf([])).toBeNull();
  expect(conditionOf(['mine'])).toEqual({ field: 'owner', test: 'equals', value: { actor: 'me' } });
  expect(conditionOf(['mine'], [{ field: 'amount', test: 'at_least', value: '1000' }])).toEqual({
    all: [quickCondition('mine'), { field: 'amount', test: 'at_least', value: '1000' }],
  });
});
test('what is late, idle or soon due is still open', () => {
  for (const name of ['late', 'stale', 'soon'] as const)
    expect(JSON.stringify(quickCondition(name))).toContain('{"field":"closed_at","test":"empty"}');
});
test('a filter waits for its value before it is sent', () => {
  expect(isWhole({ field: 'name', test: 'contains', value: '' })).toBe(false);
  expect(isWhole({ field: 'name', test: 'empty' })).toBe(true);
  expect(isWhole(firstFilter({ name: 'close_on', type: 'date' }))).toBe(true);
});
test('every test offered says what it waits for', () => {
  for (const type of ['text', 'money', 'date', 'boolean', 'choice', 'choices', 'person'])
    for (const name of testsOf(type)) expect(['none', 'duration', 'value']).toContain(operandOf(name));
});
