/** A condition as a sentence, in the words of the screens. */
import type { TFunction } from 'i18next';
import type { Condition } from '@/client/maps';
import { wordsOf } from '@/client/blueprint';
import { day, decimal } from '@/lib/format';
import { groupOf, isTest, kindOf, type Testable } from './model';

export function sayCondition(
  value: Condition,
  fields: readonly Testable[],
  t: TFunction<'conditions'>,
  lang: string,
): string {
  const group = groupOf(value);
  if (group) {
    if (!group.parts.length) return t(`empty.${group.word}`);
    const said = group.parts.map((part) => {
      const sentence = sayCondition(part, fields, t, lang);
      return groupOf(part) && group.parts.length > 1 ? `(${sentence})` : sentence;
    });
    return said.join(t(`join.${group.word}`));
  }
  if (value.not) return t('not', { inner: sayCondition(value.not as Condition, fields, t, lang) });
  if (!isTest(value)) return sayRelation(value, fields, t, lang);
  const field = fields.find((each) => each.name === value.field);
  const one = (item: unknown) => sayValue(item, field, t, lang);
  const items = Array.isArray(value.value) ? value.value : [];
  const facts = Array.isArray(value.value)
    ? { value: items.map(one).join(t('join.any')), low: one(items[0]), high: one(items[1]) }
    : { value: one(value.value) };
  return t(`say.${value.test}`, { field: field?.label ?? value.field, ...facts });
}
function sayRelation(value: Condition, fields: readonly Testable[], t: TFunction<'conditions'>, lang: string): string {
  const word = ['some', 'none', 'count'].find((each) => typeof value[each] === 'string');
  if (!word) return t('unknown');
  const head = t(`relation.${word}`, { relation: value[word], test: t(`test.${value.test}`, ''), value: value.value });
  return value.where ? t('where', { head, inner: sayCondition(value.where as Condition, fields, t, lang) }) : head;
}
interface Amount {
  amount?: number;
  unit?: string;
  actor?: string;
}
function sayValue(value: unknown, field: Testable | undefined, t: TFunction<'conditions'>, lang: string): string {
  if (value === undefined || value === null || value === '') return '…';
  if (typeof value === 'object') {
    const { amount, unit, actor } = value as Amount;
    return actor ? t(`actor.${actor}`) : t(`unit.${unit}`, { count: amount ?? 0, n: decimal(amount ?? 0) });
  }
  const choice = field?.choices.find((each) => each.id === value);
  if (choice) return t('quoted', { value: wordsOf(choice.label, lang) });
  const kind = kindOf(field?.type ?? 'text');
  if (kind === 'number') return decimal(Number(value), 2);
  if (kind === 'date') return day(String(value));
  return t('quoted', { value: String(value) });
}
