import { expect, test } from 'vitest';
import { dayOf, inDays, morningOf, nextMonday, standing } from './dates';

const FRIDAY = new Date('2026-05-08T17:30');

test('days are counted here, in the morning', () => {
  expect(dayOf(inDays(1, FRIDAY))).toBe('2026-05-09');
  expect(inDays(30, FRIDAY).getHours()).toBe(9);
  expect(dayOf(morningOf('2026-05-09'))).toBe('2026-05-09');
});
test('next Monday is never today', () => {
  expect(dayOf(nextMonday(FRIDAY))).toBe('2026-05-11');
  expect(dayOf(nextMonday(new Date('2026-05-11T08:00')))).toBe('2026-05-18');
  expect(dayOf(nextMonday(new Date('2026-05-10T08:00')))).toBe('2026-05-11');
});
test('what was due this morning is still for today', () => {
  expect(standing(inDays(0, FRIDAY).toISOString(), FRIDAY)).toBe('today');
  expect(standing(inDays(-1, FRIDAY).toISOString(), FRIDAY)).toBe('late');
  expect(standing(inDays(1, FRIDAY).toISOString(), FRIDAY)).toBe('later');
  expect(standing(null, FRIDAY)).toBe('open');
});
