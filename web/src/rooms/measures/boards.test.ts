import { expect, test } from 'vitest';
import type { ObjectShape } from '@/client/schema';
import { type Figure, conditionOf, facetsOf, grouped, trendOf } from './boards';

const object = (...names: string[]) => ({ fields: names.map((name) => ({ name })) }) as unknown as ObjectShape;
const DEAL = object('name', 'owner', 'segment', 'source', 'territory', 'severity');
const figure = (value: string | null, before: string | null, more: Partial<Figure> = {}) =>
  ({ value, before, unit: 'records', better: 'higher', ...more }) as Figure;

test('one filter narrows the whole board, by what its records have', () => {
  expect(conditionOf({}, DEAL)).toBeNull();
  expect(conditionOf({ qui: 'equipe' }, DEAL)).toEqual({
    field: 'owner',
    test: 'equals',
    value: { actor: 'my_team' },
  });
  expect(conditionOf({ qui: 7, facettes: { segment: 'pme' } }, DEAL)).toEqual({
    all: [
      { field: 'owner', test: 'equals', value: 7 },
      { field: 'segment', test: 'equals', value: 'pme' },
    ],
  });
  expect(conditionOf({ qui: 'moi', facettes: { segment: 'pme' } }, object('name'))).toBeNull();
  expect(facetsOf(DEAL).map(({ name }) => name)).toEqual(['segment', 'territory', 'source']);
});
test('more is good or bad as the measure says', () => {
  expect(trendOf(figure('12', '10'))).toEqual({ change: 0.2, tone: 'green' });
  expect(trendOf(figure('12', '10', { better: 'lower' }))?.tone).toBe('red');
  expect(trendOf(figure('30', '25', { unit: 'percent' }))?.change).toBe(5);
  expect(trendOf(figure('3', '0'))).toEqual({ change: null, tone: 'green' });
  expect(trendOf(figure('3', '3'))?.tone).toBe('neutral');
  expect(trendOf(figure('3', null))).toBeNull();
});
test('the boards of one’s roles come first', () => {
  const boards = [
    { uid: 'a', mine: false },
    { uid: 'b', mine: true },
  ] as never[];
  expect(grouped(boards).map((each) => each.map(({ uid }: { uid: string }) => uid))).toEqual([['b'], ['a']]);
});
