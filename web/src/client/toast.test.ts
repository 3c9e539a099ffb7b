import { expect, test } from 'vitest';
import '@/i18n';
import { briefly } from './toast';

test('a refusal with many reasons says the first ones and how many others there are', () => {
  const reasons = Array.from({ length: 19 }, (_, n) => `Raison ${n + 1}.`);
  expect(briefly(reasons)).toBe('Raison 1. Raison 2. Raison 3. Et 16 autres raisons.');
  expect(briefly(reasons.slice(0, 4))).toMatch(/Et 1 autre raison\.$/);
  expect(briefly(reasons.slice(0, 3))).toBe('Raison 1. Raison 2. Raison 3.');
});
