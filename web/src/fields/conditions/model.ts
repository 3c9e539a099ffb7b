/** Conditions as people build them: which tests fit a field, what each test asks for. */
import type { Schema, SchemaChoice } from '@/client/blueprint';
import { wordsOf } from '@/client/blueprint';
import type { Condition } from '@/client/maps';

export interface Testable {
  name: string;
  label: string;
  type: string;
  choices: readonly SchemaChoice[];
}
export interface FieldTest {
  field: string;
  test: string;
  value?: unknown;
}
export type Word = 'all' | 'any';
export interface Group {
  word: Word;
  parts: readonly Condition[];
}
type Kind = 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'choice' | 'choices' | 'link' | 'person';
/** What a test asks for beside the field. */
export type Form = 'none' | 'one' | 'many' | 'pair' | 'duration';

const KINDS: Record<string, Kind> = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  choice: 'choice',
  choices: 'choices',
  link: 'link',
  links: 'link',
  person: 'person',
};
export const kindOf = (type: string): Kind => KINDS[type] ?? 'text';

const MOMENTS = ['not_empty', 'empty', 'before', 'after', 'between', 'within_next', 'within_last', 'older_than'];
const TESTS: Record<Kind, string[]> = {
  text: ['not_empty', 'empty', 'equals', 'not_equals', 'contains', 'not_contains', 'starts_with'],
  number: ['not_empty', 'empty', 'at_least', 'at_most', 'greater', 'less', 'equals', 'between'],
  date: [...MOMENTS, 'later_than'],
  datetime: ['not_empty', 'empty', 'within_next', 'within_last', 'older_than', 'later_than'],
  boolean: ['true', 'false'],
  choice: ['not_empty', 'equals', 'not_equals', 'in', 'not_in', 'empty'],
  choices: ['not_empty', 'has_any', 'has_all', 'has_none', 'empty'],
  link: ['not_empty', 'empty'],
  person: ['not_empty', 'empty', 'equals', 'not_equals'],
};
export const testsOf = (type: string): string[] => TESTS[kindOf(type)];

const FORMS: Record<string, Form> = {
  not_empty: 'none',
  empty: 'none',
  true: 'none',
  false: 'none',
  in: 'many',
  not_in: 'many',
  has_any: 'many',
  has_all: 'many',
  has_none: 'many',
  between: 'pair',
  within_next: 'duration',
  within_last: 'duration',
  older_than: 'duration',
  later_than: 'duration',
};
export const formOf = (test: string): Form => FORMS[test] ?? 'one';

export const isTest = (value: Condition): value is Condition & FieldTest => typeof value.field === 'string';
/** The word of the glossary that a condition bears, null when it bears none. */
export const wordOf = (value: Condition): string | null =>
  typeof value.term === 'string' && typeof value.word === 'string' ? value.word : null;
export function groupOf(value: Condition): Group | null {
  if (wordOf(value) !== null) return null;
  for (const word of ['all', 'any'] as const)
    if (Array.isArray(value[word])) return { word, parts: value[word] as Condition[] };
  return null;
}
/** What the builder shows: one group; a lone test is a group of one. */
export function asGroup(value: Condition | null | undefined): Group {
  if (!value) return { word: 'all', parts: [] };
  return groupOf(value) ?? { word: 'all', parts: [value] };
}
/** A group with one more part, all of it to hold. */
export const joined = (group: Group, part: Condition): Group =>
  group.word === 'all' || group.parts.length < 2
    ? { word: 'all', parts: [...group.parts, part] }
    : { word: 'all', parts: [{ any: [...group.parts] }, part] };
/** Back to the shortest condition that says the same. */
export function fromGroup({ word, parts }: Group): Condition | null {
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0]! : { [word]: [...parts] };
}
export function starting(field: Testable): FieldTest {
  return { field: field.name, test: testsOf(field.type)[0]! };
}
/** The test changed to another one: the value is kept when it has the same form. */
export function retested(known: FieldTest, test: string): FieldTest {
  if (formOf(test) === 'none') return { field: known.field, test };
  if (formOf(known.test) === formOf(test)) return { ...known, test };
  if (formOf(test) === 'duration') return { field: known.field, test, value: { amount: 15, unit: 'days' } };
  return { field: known.field, test };
}
/** Is everything that the test needs there? */
export function isComplete(value: Condition): boolean {
  const group = groupOf(value);
  if (group) return group.parts.every(isComplete);
  if (value.not) return isComplete(value.not as Condition);
  if (value.where) return isComplete(value.where as Condition);
  if (!isTest(value)) return true;
  const said = (each: unknown) => each !== undefined && each !== null && each !== '';
  const form = formOf(value.test);
  if (form === 'none') return true;
  if (form === 'many') return Array.isArray(value.value) && value.value.length > 0;
  if (form === 'pair') return Array.isArray(value.value) && value.value.length === 2 && value.value.every(said);
  return said(value.value);
}
/** The records related to those of an object: their fields, and what is related to them in turn. */
export interface Scope {
  relations: readonly { name: string; label: string; object: string }[];
  fields: (object: string) => Testable[];
  of: (object: string) => Scope;
}
export function scopeOf(schema: Schema, object: string, lang: string): Scope {
  const kind = schema.objects.find((each) => each.name === object);
  const held = (kind?.fields ?? [])
    .filter((field) => field.type === 'links' && field.to)
    .map((field) => ({ name: field.name, label: wordsOf(field.label, lang), object: field.to! }));
  const pointing = schema.objects
    .filter((each) => each.name !== object && each.fields.some((field) => field.type === 'link' && field.to === object))
    .map((each) => ({ name: pluralOf(each.name), label: wordsOf(each.plural, lang), object: each.name }));
  return {
    relations: [...held, ...pointing],
    fields: (name) => testables(schema, name, lang),
    of: (name) => scopeOf(schema, name, lang),
  };
}
/** The name under which the server knows the records of an object that point elsewhere. */
const pluralOf = (name: string) => (name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`);

export const LOOKS = ['some', 'none', 'count'] as const;
export interface Looked {
  look: (typeof LOOKS)[number];
  relation: string;
  where: Condition | null;
  test: string;
  value: number;
}
/** What a test on related records looks into, null when the condition is none. */
export function lookedInto(value: Condition): Looked | null {
  const look = LOOKS.find((each) => typeof value[each] === 'string');
  if (!look) return null;
  const { test = 'at_least', value: count = 1 } = value as { test?: string; value?: number };
  return {
    look,
    relation: String(value[look]),
    where: (value.where as Condition | undefined) ?? null,
    test,
    value: count,
  };
}
/** The test on related records, changed. */
export function relooked(value: Condition, next: Partial<Looked>): Condition {
  const { look, relation, where, test, value: count } = { ...lookedInto(value)!, ...next };
  return { [look]: relation, ...(where ? { where } : {}), ...(look === 'count' ? { test, value: count } : {}) };
}
const TYPED_BY_PEOPLE = new Set(['links', 'link']);
/** The fields of an object, and those of the records it links to, one link away. */
export function testables(schema: Schema | undefined, object: string | null, lang: string): Testable[] {
  const known = schema?.objects.find((each) => each.uid === object || each.name === object);
  if (!known) return [];
  const own = known.fields
    .filter((each) => each.type !== 'links')
    .map((each) => ({ ...each, label: wordsOf(each.label, lang) }));
  const linked = known.fields
    .filter((each) => each.type === 'link' && each.to)
    .flatMap((link) => {
      const target = schema!.objects.find((each) => each.name === link.to);
      const reached = target?.fields.filter((each) => !each.system && !TYPED_BY_PEOPLE.has(each.type)) ?? [];
      return reached.map((each) => ({
        ...each,
        name: `${link.name}.${each.name}`,
        label: `${wordsOf(link.label, lang)} › ${wordsOf(each.label, lang)}`,
      }));
    });
  return [...own, ...linked];
}
