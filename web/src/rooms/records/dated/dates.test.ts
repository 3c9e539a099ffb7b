import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '@/client/records';
import type { FieldShape, ObjectShape } from '@/client/schema';
import * as dates from './dates';

const field = (name: string, type = 'date', more: Partial<FieldShape> = {}) =>
  ({ name, type, may_write: true, system: false, ...more }) as FieldShape;
const row = (values: Row['values']) => ({ id: 1, version: 1, title: 'x', values }) as Row;
const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((days) => dates.plus('1970-01-01', days));

test('a month is shown in whole weeks that begin on a Monday and hold each of its days once', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const weeks = dates.weeksOf(day);
      const days = weeks.flat();
      expect(weeks.every((week) => week.length === 7 && dates.monday(week[0]!) === week[0])).toBe(true);
      expect(new Set(days).size).toBe(days.length);
      const own = days.filter((each) => each.slice(0, 7) === day.slice(0, 7));
      expect(own.length).toBe(dates.between(dates.month(day), dates.month(day, 1)));
      expect(days).toContain(day);
    }),
  );
  expect(dates.weeksOf('2026-11-30')[0]![0]).toBe('2026-10-26');
});

test('a span holds its day, and the next one begins where it ends', () => {
  for (const zoom of ['semaine', 'mois', 'trimestre'] as const)
    fc.assert(
      fc.property(anyDay, (day) => {
        const span = dates.spanOf(zoom, day);
        expect(span.from <= day && day < span.to).toBe(true);
        expect(dates.spanOf(zoom, dates.turned(zoom, span.from, 1)).from).toBe(span.to);
        expect(dates.spanOf(zoom, dates.turned(zoom, span.from, -1)).to).toBe(span.from);
        expect(dates.ticksOf(span, zoom).every((tick) => tick >= span.from && tick < span.to)).toBe(true);
      }),
    );
});

test('what lasts stays inside the span that shows it, and says on which side it goes on', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -200, max: 200 }), (day, long, off) => {
      const span = dates.spanOf('trimestre', day);
      const start = dates.plus(day, off);
      const end = dates.plus(start, long);
      const { left, width, earlier, later } = dates.placeIn(span, start, end);
      if (end >= span.from && start < span.to) {
        expect(left >= 0 && width > 0 && left + width <= 1 + 1e-9).toBe(true);
        expect([earlier, later]).toEqual([start < span.from, end >= span.to]);
      }
    }),
  );
});

test('a moment that is moved to another day keeps its hour, a day is that day', () => {
  const due = field('due_at', 'datetime');
  const before = new Date(2026, 10, 30, 14, 45).toISOString();
  const after = dates.movedTo(due, before, '2026-12-03');
  expect([dates.dayOf(due, after), dates.hourOf(due, after)]).toEqual(['2026-12-03', '14:45']);
  expect(dates.movedTo(field('close_on'), '2026-11-30', '2026-12-03')).toBe('2026-12-03');
});

test('a record lasts from one date to the other, and is a point when one lacks or they are the wrong way round', () => {
  const [start, end] = [field('starts_on'), field('renews_on')];
  expect(dates.lasting(row({ starts_on: '2026-01-02', renews_on: '2026-03-01' }), start, end)).toEqual([
    '2026-01-02',
    '2026-03-01',
  ]);
  expect(dates.lasting(row({ renews_on: '2026-03-01' }), start, end)).toEqual(['2026-03-01', '2026-03-01']);
  expect(dates.lasting(row({ starts_on: '2026-03-02', renews_on: '2026-03-01' }), start, end)).toEqual([
    '2026-03-02',
    '2026-03-02',
  ]);
  expect(dates.lasting(row({}), start, end)).toBeNull();
});

test('dates that one may change are offered first, and a timeline takes the first pair that makes sense', () => {
  const object = {
    fields: [
      field('created_at', 'datetime', { system: true }),
      field('deleted_at', 'datetime', { system: true }),
      field('name', 'text'),
      field('close_on'),
    ],
  } as ObjectShape;
  const fields = dates.datedFields(object);
  expect(fields.map(({ name }) => name)).toEqual(['close_on', 'created_at']);
  expect(dates.dateOf(fields, 'gone')?.name).toBe('close_on');
  const ends = dates.endsOf(fields, {});
  expect([ends?.start.name, ends?.end?.name]).toEqual(['created_at', 'close_on']);
  expect(dates.endsOf(fields, { fin: '' })?.end).toBeNull();
  expect(dates.endsOf(fields, { debut: 'close_on', fin: 'close_on' })?.end).toBeNull();
  expect(dates.endsOf([], {})).toBeNull();
});

test('only days that exist are days of an address', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-3', '', 7, undefined].map(dates.isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
