/** Numbers, dates and durations as people read them, in their language. */
let locale = 'fr-FR';
export const setLocale = (lang: string) => {
  locale = lang === 'en' ? 'en-GB' : 'fr-FR';
};
const cache = new Map<string, Intl.NumberFormat>();
function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = cache.get(key) ?? new Intl.NumberFormat(locale, options);
  cache.set(key, known);
  return known;
}
/** What stands before the decimals, for what is typed. */
export const comma = () => (locale === 'fr-FR' ? ',' : '.');
export const integer = (value: number) => numbers({ maximumFractionDigits: 0 }).format(value);
export const decimal = (value: number, digits = 1) => numbers({ maximumFractionDigits: digits }).format(value);
export const percent = (share: number, digits = 0) =>
  numbers({ style: 'percent', maximumFractionDigits: digits }).format(share);
/** +3, −12: how a figure changed. */
export const signed = (value: number, digits = 0) =>
  numbers({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value);
export const money = (value: number | string, currency = 'EUR') =>
  numbers({ style: 'currency', currency, maximumFractionDigits: 0 }).format(Number(value));
/** 45 k€: for cards and columns, where the order of magnitude is what is read. */
export const shortMoney = (value: number | string, currency = 'EUR') =>
  numbers({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 })
    .format(Number(value))
    .replace(/(k|M|Md)\s(?=\D$)/, '$1');

/** 12 000,50 €: on a record, where every cent is read; round amounts stay short. */
export const exactMoney = (value: number | string, currency = 'EUR') =>
  numbers({
    style: 'currency',
    currency,
    minimumFractionDigits: Number.isInteger(Number(value)) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(Number(value));

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
/** 16,7 j · 14 h · 35 min: at most three figures. */
export function duration(seconds: number | null | undefined): string {
  if (seconds == null) return '–';
  const day = locale.startsWith('fr') ? 'j' : 'd';
  if (seconds < MINUTE) return `${integer(seconds)}\u202fs`;
  if (seconds < HOUR) return `${integer(seconds / MINUTE)}\u202fmin`;
  if (seconds < DAY) return `${decimal(seconds / HOUR, seconds < 10 * HOUR ? 1 : 0)}\u202fh`;
  return `${decimal(seconds / DAY, seconds < 100 * DAY ? 1 : 0)}\u202f${day}`;
}
const toDate = (value: string | Date) => (value instanceof Date ? value : new Date(value));
export const day = (value: string | Date) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(toDate(value));
export const clock = (value: string | Date) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(toDate(value));
/** 4 janv.: the year is said when it is neither this one nor near. */
const shortly = (date: Date, now: Date): Intl.DateTimeFormatOptions => ({
  day: 'numeric',
  month: 'short',
  year: date.getFullYear() === now.getFullYear() || Math.abs(+date - +now) < 120 * DAY * 1000 ? undefined : 'numeric',
});
export function shortDay(value: string | Date, now: Date = new Date()): string {
  const date = toDate(value);
  return new Intl.DateTimeFormat(locale, shortly(date, now)).format(date);
}
/** 4 janv., 09:30 */
export function dayTime(value: string | Date, now: Date = new Date()): string {
  const date = toDate(value);
  return new Intl.DateTimeFormat(locale, { ...shortly(date, now), hour: '2-digit', minute: '2-digit' }).format(date);
}
/** The whole days since a day began, in UTC as the days of the server are. */
export const daysSince = (date: string, now: Date = new Date()) => Math.floor((+now - Date.parse(date)) / (DAY * 1000));
/** « il y a 3 jours » */
export function ago(value: string | Date, now: Date = new Date()): string {
  const seconds = (toDate(value).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < HOUR) return relative.format(Math.round(seconds / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(seconds / HOUR), 'hour');
  if (size < 45 * DAY) return relative.format(Math.round(seconds / DAY), 'day');
  return relative.format(Math.round(seconds / (30 * DAY)), 'month');
}
export const initials = (name: string) =>
  name
    .split(/[\s@.-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part[0]!.toUpperCase())
    .join('');
/** A colour for a name, always the same one. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 360;
  return sum;
}
