/** Days on a screen: the weeks of a month, the spans of a timeline, what a date becomes once moved. Pure. */
import type { Condition } from '@/client/maps';
import type { Row } from '@/client/records';
import type { FieldShape, ObjectShape } from '@/client/schema';
import { inCell } from '../columns';
import type { Zoom } from '../search';

/** Days as `2026-11-30`, from the first until before the last. */
export interface Span {
  from: string;
  to: string;
}
const DAY = 86_400_000;
const WEEK = 7;
const UNSEEN = new Set(['deleted_at', 'updated_at']);
const STARTS = ['starts_on', 'due_at', 'created_at'];
const ENDS = ['ends_at', 'ends_on', 'renews_on', 'close_on', 'closed_at'];

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const iso = (date: Date) => date.toISOString().slice(0, 10);
const two = (number: number) => String(number).padStart(2, '0');
/** The day that a clock on the wall shows here. */
export const localDay = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const plus = (day: string, days: number) => iso(new Date(+at(day) + days * DAY));
export const between = (from: string, to: string) => Math.round((+at(to) - +at(from)) / DAY);
export const monday = (day: string) => plus(day, -((at(day).getUTCDay() + 6) % WEEK));
export const isWeekend = (day: string) => [0, 6].includes(at(day).getUTCDay());
/** The first of the month, so many months later. */
export function month(day: string, later = 0): string {
  const date = at(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + later);
  return iso(date);
}
/** Whether a text is a day that exists. */
export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(+at(text)) && iso(at(text)) === text;

/** The weeks that show a month, each from Monday to Sunday. */
export function weeksOf(day: string): string[][] {
  const first = monday(month(day));
  const count = Math.ceil(between(first, month(day, 1)) / WEEK);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: WEEK }, (__, rank) => plus(first, week * WEEK + rank)),
  );
}
/** What a timeline shows around a day. */
export function spanOf(zoom: Zoom, day: string): Span {
  if (zoom === 'semaine') return { from: monday(day), to: plus(monday(day), WEEK) };
  if (zoom === 'mois') return { from: month(day), to: month(day, 1) };
  const quarter = month(day, -((Number(day.slice(5, 7)) - 1) % 3));
  return { from: quarter, to: month(quarter, 3) };
}
/** The same screen, one earlier (-1) or later (1). */
export function turned(zoom: Zoom, day: string, by: 1 | -1): string {
  if (zoom === 'semaine') return plus(day, by * WEEK);
  return month(day, by * (zoom === 'mois' ? 1 : 3));
}
/** Where a span is cut: each day, or each Monday when it is long. */
export function ticksOf({ from, to }: Span, zoom: Zoom): string[] {
  const days = Array.from({ length: between(from, to) }, (_, rank) => plus(from, rank));
  return zoom === 'trimestre' ? days.filter((day) => monday(day) === day) : days;
}
export interface Place {
  /** Shares of the span, from 0 to 1. */
  left: number;
  width: number;
  /** Whether it goes on outside. */
  earlier: boolean;
  later: boolean;
}
/** Where what lasts from a day to another, both counted, stands in a span. */
export function placeIn({ from, to }: Span, start: string, end: string): Place {
  const all = between(from, to);
  const first = Math.max(0, between(from, start));
  const last = Math.min(all, between(from, end) + 1);
  return { left: first / all, width: Math.max(last - first, 0) / all, earlier: start < from, later: end >= to };
}
/** The day of a value, as the clock on the wall has it. */
export function dayOf(field: FieldShape, value: unknown): string | null {
  if (typeof value !== 'string' || !value) return null;
  return field.type === 'date' ? value.slice(0, 10) : localDay(new Date(value));
}
/** The hour of a moment, null for days. */
export function hourOf(field: FieldShape, value: unknown): string | null {
  if (field.type === 'date' || typeof value !== 'string') return null;
  const moment = new Date(value);
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
/** A value once moved to another day: a moment keeps its hour. */
export function movedTo(field: FieldShape, value: unknown, day: string): string {
  if (field.type === 'date') return day;
  const moment = new Date(String(value));
  const [year = 0, rank = 1, date = 1] = day.split('-').map(Number);
  moment.setFullYear(year, rank - 1, date);
  return moment.toISOString();
}
const edge = (field: FieldShape, day: string) =>
  field.type === 'date' ? day : new Date(`${day}T00:00:00`).toISOString();

/** The condition that a date lies in a span. */
export const inSpan = (field: FieldShape, { from, to }: Span): Condition => ({
  all: [
    { field: field.name, test: 'at_least', value: edge(field, from) },
    { field: field.name, test: 'before', value: edge(field, to) },
  ],
});
/** The condition that what lasts from a field to another crosses a span; with one date only, that it lies there. */
export function crossing(start: FieldShape, end: FieldShape | null, span: Span): Condition {
  if (!end) return inSpan(start, span);
  return {
    any: [
      {
        all: [
          { field: start.name, test: 'before', value: edge(start, span.to) },
          { field: end.name, test: 'at_least', value: edge(end, span.from) },
        ],
      },
      { all: [{ field: end.name, test: 'empty' }, inSpan(start, span)] },
      { all: [{ field: start.name, test: 'empty' }, inSpan(end, span)] },
    ],
  };
}
/** The first and the last day of a row; what lacks one is a point, what ends before it starts too. */
export function lasting(row: Row, start: FieldShape, end: FieldShape | null): [string, string] | null {
  const first = dayOf(start, row.values[start.name]);
  const last = end ? dayOf(end, row.values[end.name]) : null;
  if (!first && !last) return null;
  const begins = first ?? last!;
  return [begins, last && last >= begins ? last : begins];
}
/** The fields that place a record in time: those one may change first. */
export function datedFields(object: ObjectShape): FieldShape[] {
  const dated = object.fields.filter(({ name, type }) => (type === 'date' || type === 'datetime') && !UNSEEN.has(name));
  return [...dated.filter(inCell), ...dated.filter((field) => !inCell(field))];
}
const named = (fields: readonly FieldShape[], name: string | undefined) => fields.find((each) => each.name === name);
export const dateOf = (fields: readonly FieldShape[], asked: string | undefined): FieldShape | null =>
  named(fields, asked) ?? fields[0] ?? null;

/** From which field to which a timeline draws: those asked for, else the first pair that makes sense. */
export function endsOf(
  fields: readonly FieldShape[],
  asked: { debut?: string | undefined; fin?: string | undefined },
): { start: FieldShape; end: FieldShape | null } | null {
  const first = (names: string[]) => names.map((name) => named(fields, name)).find(Boolean);
  const start = named(fields, asked.debut) ?? first(STARTS) ?? fields[0];
  if (!start) return null;
  if (asked.fin === '') return { start, end: null };
  const end = named(fields, asked.fin) ?? first(ENDS.filter((name) => name !== start.name)) ?? null;
  return { start, end: end?.name === start.name ? null : end };
}
