/** A condition as a sentence, in the words of the screens. */
import type { TFunction } from 'i18next';
import type { Condition } from '@/client/maps';
import { wordsOf } from '@/client/blueprint';
import { day, decimal } from '@/lib/format';
import { groupOf, isTest, kindOf, lookedInto, type Scope, type Testable, wordOf } from './model';

export function sayCondition(
  value: Condition,
  fields: readonly Testable[],
  t: TFunction<'conditions'>,
  lang: string,
  scope?: Scope,
): string {
  const word = wordOf(value);
  if (word !== null) return t('quoted', { value: word });
  const group = groupOf(value);
  if (group) {
    if (!group.parts.length) return t(`empty.${group.word}`);
    const said = group.parts.map((part) => {
      const sentence = sayCondition(part, fields, t, lang, scope);
      return groupOf(part) && group.parts.length > 1 ? `(${sentence})` : sentence;
    });
    return said.join(t(`join.${group.word}`));
  }
  if (value.not) return t('not', { inner: sayCondition(value.not as Condition, fields, t, lang, scope) });
  if (!isTest(value)) return sayRelation(value, fields, t, lang, scope);
  const field = fields.find((each) => each.name === value.field);
  const one = (item: unknown) => sayValue(item, field, t, lang);
  const items = Array.isArray(value.value) ? value.value : [];
  const facts = Array.isArray(value.value)
    ? { value: items.map(one).join(t('join.any')), low: one(items[0]), high: one(items[1]) }
    : { value: one(value.value) };
  return t(`say.${value.test}`, { field: field?.label ?? value.field, ...facts });
}
function sayRelation(
  value: Condition,
  fields: readonly Testable[],
  t: TFunction<'conditions'>,
  lang: string,
  scope: Scope | undefined,
): string {
  const looked = lookedInto(value);
  if (!looked) return t('unknown');
  const into = scope?.relations.find((each) => each.name === looked.relation);
  const relation = into?.label ?? looked.relation;
  const head = t(`relation.${looked.look}`, { relation, test: t(`test.${looked.test}`, ''), value: looked.value });
  if (!looked.where) return head;
  const [inside, below] = into ? [scope!.fields(into.object), scope!.of(into.object)] : [fields, undefined];
  return t('where', { head, inner: sayCondition(looked.where, inside, t, lang, below) });
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
  const choice = field?.choices.find((each) => each.id === String(value));
  if (choice) return t('quoted', { value: wordsOf(choice.label, lang) });
  const kind = kindOf(field?.type ?? 'text');
  if (kind === 'number') return decimal(Number(value), 2);
  if (kind === 'date') return day(String(value));
  return t('quoted', { value: String(value) });
}
