/** What columns measure, and what rows are grouped by. Pure. */
import type { Condition } from '@/client/maps';
import type { FieldShape, ObjectShape } from '@/client/schema';
import { day, decimal, exactMoney, integer } from '@/lib/format';

export const MEASURES = ['sum', 'mean', 'min', 'max', 'count'] as const;
export type MeasureName = (typeof MEASURES)[number];
export type Measures = Record<string, MeasureName>;
export interface Group {
  value: string | number | boolean | null;
  label: string;
  count: number;
  measures: Record<string, string | number | null>;
}
export interface Summary extends Pick<Group, 'count' | 'measures'> {
  groups: Group[];
}
const NUMBERS = new Set(['integer', 'decimal', 'money', 'percent']);
const DATES = new Set(['date', 'datetime']);
const GROUPS = new Set(['choice', 'boolean', 'link', 'person']);
const UNSEEN = new Set(['deleted_by']);

export function measuresOf({ type }: Pick<FieldShape, 'type'>): MeasureName[] {
  if (NUMBERS.has(type)) return [...MEASURES];
  if (DATES.has(type)) return ['min', 'max', 'count'];
  return type === 'links' ? [] : ['count'];
}
/** What was asked for, else the sum of each amount. */
export function measuresShown(fields: readonly FieldShape[], asked: Measures | undefined): Measures {
  if (asked) return asked;
  return Object.fromEntries(fields.filter(({ type }) => type === 'money').map(({ name }) => [name, 'sum' as const]));
}
/** As the server reads them: `amount:sum,close_on:max`. */
export const asMeasures = (fields: readonly FieldShape[], measures: Measures) =>
  fields.flatMap(({ name }) => (measures[name] ? [`${name}:${measures[name]}`] : [])).join(',');

export function sayMeasure(field: FieldShape, name: MeasureName, value: string | number | null | undefined): string {
  if (value == null) return '–';
  if (name === 'count') return integer(Number(value));
  if (DATES.has(field.type)) return day(String(value));
  if (field.type === 'money') return exactMoney(value, field.currency ?? 'EUR');
  return decimal(Number(value), 2) + (field.type === 'percent' ? '\u202f%' : '');
}
export const groupable = (object: ObjectShape) =>
  object.fields.filter(({ name, type }) => !UNSEEN.has(name) && (GROUPS.has(type) || name === 'stage'));

/** The rows of one group. */
export function inGroup({ name: field, type }: FieldShape, value: Group['value']): Condition {
  if (value === null) return { field, test: 'empty' };
  if (type === 'boolean') return { field, test: value ? 'true' : 'false' };
  return { field, test: 'equals', value };
}
