import { expect, test } from 'vitest';
import { aliasOf, momentOf, tokenFor } from './tokens';

test('people, records and dates are filled with what a scenario names', () => {
  expect(['person', 'link', 'date', 'datetime', 'text', 'links'].map(tokenFor)).toEqual([
    'person',
    'record',
    'moment',
    'moment',
    null,
    null,
  ]);
});

test('a token is read, anything else is none', () => {
  const span = { amount: 5, unit: 'working_days' as const };
  expect(aliasOf({ person: 'ana' }, 'person')).toBe('ana');
  expect(aliasOf({ record: 'compte' }, 'person')).toBeNull();
  expect(aliasOf(null, 'record')).toBeNull();
  expect(momentOf({ ago: span })).toEqual({ near: 'ago', span });
  expect(momentOf({ in: span })).toEqual({ near: 'in', span });
  for (const value of ['2026-05-01', null, {}, { record: 'a' }]) expect(momentOf(value)).toBeNull();
});
