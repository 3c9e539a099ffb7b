import { afterEach, expect, test } from 'vitest';
import { ago, duration, initials, integer, money, percent, setLocale } from './format';

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
test('initials come from the first two words', () => {
  expect(initials('Claire Lambert')).toBe('CL');
});
