/** Filters as conditions of the one language: the quick ones of a pipeline, the simple ones of a list. */
import type { Condition } from '@/client/maps';
import type { ObjectShape } from '@/client/schema';

export const QUICK = ['late', 'stale', 'soon', 'mine'] as const;
export type Quick = (typeof QUICK)[number];
export const STALE_DAYS = 14;
export const SOON_DAYS = 15;

const OPEN: Condition = { field: 'closed_at', test: 'empty' };
const days = (amount: number) => ({ amount, unit: 'days' });
const LONG_AGO = { test: 'older_than', value: days(STALE_DAYS) };
const MADE_OF: Record<Quick, { needs: string[]; condition: Condition }> = {
  late: {
    needs: ['close_on', 'closed_at'],
    condition: { all: [OPEN, { field: 'close_on', test: 'older_than', value: days(0) }] },
  },
  stale: {
    needs: ['last_activity_at', 'created_at', 'closed_at'],
    condition: {
      all: [
        OPEN,
        {
          any: [
            { field: 'last_activity_at', ...LONG_AGO },
            {
              all: [
                { field: 'last_activity_at', test: 'empty' },
                { field: 'created_at', ...LONG_AGO },
              ],
            },
          ],
        },
      ],
    },
  },
  soon: {
    needs: ['close_on', 'closed_at'],
    condition: { all: [OPEN, { field: 'close_on', test: 'within_next', value: days(SOON_DAYS) }] },
  },
  mine: { needs: ['owner'], condition: { field: 'owner', test: 'equals', value: { actor: 'me' } } },
};
/** The quick filters that make sense for an object: their fields exist and may be read. */
export function quickFilters(object: Pick<ObjectShape, 'fields'>): Quick[] {
  const known = new Set(object.fields.map((field) => field.name));
  return QUICK.filter((name) => MADE_OF[name].needs.every((field) => known.has(field)));
}
export const quickCondition = (name: Quick): Condition => MADE_OF[name].condition;

/** A test of one field, as the filter builder keeps it. */
export interface Filter {
  field: string;
  test: string;
  value?: unknown;
}
/** Every filter at once; nothing when there is none. */
export function conditionOf(quick: readonly Quick[], filters: readonly Filter[] = []): Condition | null {
  const all: Condition[] = [...quick.map(quickCondition), ...filters.map((each) => ({ ...each }))];
  if (all.length === 0) return null;
  return all.length === 1 ? all[0]! : { all };
}
export const asText = (condition: Condition | null) => (condition ? JSON.stringify(condition) : null);

const ORDERED = ['at_least', 'at_most', 'equals', 'not_empty', 'empty'];
const MOMENT = ['within_next', 'within_last', 'older_than', 'before', 'after', 'not_empty', 'empty'];
const WORDS = ['contains', 'equals', 'starts_with', 'not_empty', 'empty'];
const ONE = ['equals', 'not_equals', 'not_empty', 'empty'];
const TESTS: Record<string, string[]> = {
  text: WORDS,
  long_text: ['contains', 'not_empty', 'empty'],
  email: WORDS,
  phone: WORDS,
  url: WORDS,
  siren: WORDS,
  siret: WORDS,
  integer: ORDERED,
  decimal: ORDERED,
  money: ORDERED,
  percent: ORDERED,
  date: MOMENT,
  datetime: ['within_next', 'within_last', 'older_than', 'not_empty', 'empty'],
  boolean: ['true', 'false'],
  choice: ONE,
  choices: ['has_any', 'has_none', 'not_empty', 'empty'],
  link: ONE,
  person: ONE,
};
export const testsOf = (type: string) => TESTS[type] ?? ['not_empty', 'empty'];
/** What a test waits for: nothing, a length of time, or a value of the field. */
export function operandOf(test: string): 'none' | 'duration' | 'value' {
  if (['not_empty', 'empty', 'true', 'false'].includes(test)) return 'none';
  return ['within_next', 'within_last', 'older_than', 'later_than'].includes(test) ? 'duration' : 'value';
}
export function firstFilter(field: { name: string; type: string }, test = testsOf(field.type)[0]!): Filter {
  if (operandOf(test) === 'duration') return { field: field.name, test, value: days(STALE_DAYS) };
  return { field: field.name, test };
}
/** Whether the filter can be sent: its value, when it waits for one, is there. */
export const isWhole = ({ test, value }: Filter) =>
  operandOf(test) === 'none' || (value != null && value !== '' && (!Array.isArray(value) || value.length > 0));
