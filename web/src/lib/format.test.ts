import { afterEach, expect, test } from 'vitest';
import {
  ago,
  dayTime,
  daysSince,
  duration,
  exactMoney,
  hueOf,
  initials,
  integer,
  money,
  percent,
  setLocale,
  shortDay,
  shortMoney,
} from './format';

afterEach(() => setLocale('fr'));
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('numbers are written the French way', () => {
  expect(plain(integer(1842))).toBe('1 842');
  expect(plain(percent(0.58))).toBe('58 %');
  expect(plain(money('12000.00'))).toBe('12 000 €');
});
test('a duration keeps the unit that a person would choose', () => {
  expect(plain(duration(16.7 * 86400))).toBe('16,7 j');
  expect(plain(duration(14 * 3600))).toBe('14 h');
  expect(plain(duration(45))).toBe('45 s');
  expect(duration(null)).toBe('–');
});
test('English is spoken on request', () => {
  setLocale('en');
  expect(plain(duration(16.7 * 86400))).toBe('16.7 d');
});
test('a recent date is told as an age', () => {
  expect(ago('2026-01-01T00:00:00Z', new Date('2026-01-04T00:00:00Z'))).toBe('il y a 3 jours');
});
test('an order of magnitude keeps its unit together', () => {
  expect(plain(shortMoney('43260'))).toBe('43,3 k€');
  expect(plain(shortMoney('1200000'))).toBe('1,2 M€');
  expect(plain(exactMoney('12000.50'))).toBe('12 000,50 €');
  expect(plain(exactMoney('12000.00'))).toBe('12 000 €');
});
test('a near day does not say its year', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(plain(shortDay('2027-01-04', now))).toBe('4 janv.');
  expect(plain(shortDay('2028-01-04', now))).toBe('4 janv. 2028');
});
test('a day is late by whole days', () => {
  expect(daysSince('2026-11-23', new Date('2026-11-24T00:00:00Z'))).toBe(1);
  expect(daysSince('2026-11-12', new Date('2026-11-24T23:59:00Z'))).toBe(12);
});
test('a name keeps its colour', () => {
  expect(hueOf('Ateliers Verdier')).toBe(hueOf('Ateliers Verdier'));
  expect(hueOf('Ateliers Verdier')).toBeLessThan(360);
});
test('initials come from the first two words', () => {
  expect(initials('Claire Lambert')).toBe('CL');
});
test('a moment of another year says which', () => {
  const now = new Date('2026-11-30T12:00:00');
  expect(dayTime('2026-09-08T09:41:00', now)).toBe('8 sept., 09:41');
  expect(dayTime('2025-06-02T07:00:00', now)).toContain('2025');
});
