import { expect, test } from 'vitest';
import { differences } from './move';

test('a conflict shows what was seen and is no longer true', () => {
  const seen = { amount: '1000.00', close_on: null, updated_at: 'before' };
  const stored = { amount: '2222.00', close_on: undefined, updated_at: 'after', owner: 2 };
  expect(differences(seen, stored)).toEqual({ amount: { mine: '1000.00', theirs: '2222.00' } });
});
