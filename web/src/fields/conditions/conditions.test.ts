import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Schema } from '@/client/blueprint';
import type { Condition } from '@/client/maps';
import {
  asGroup,
  fromGroup,
  isComplete,
  lookedInto,
  relooked,
  retested,
  scopeOf,
  type Testable,
  testables,
  testsOf,
} from './model';
import { sayCondition } from './say';
import './texts';

const words = (fr: string) => ({ fr, en: fr });
const amount: Testable = { name: 'amount', label: 'Montant', type: 'money', choices: [] };
const source: Testable = {
  name: 'source',
  label: 'Source',
  type: 'choice',
  choices: [{ id: 'salon', label: words('Salon') }],
};
const say = (value: Condition) =>
  sayCondition(value, [amount, source], i18next.getFixedT('fr', 'conditions') as TFunction<'conditions'>, 'fr');

test('a lone test is a group of one, and comes back as it was', () => {
  const lone = { field: 'amount', test: 'not_empty' };
  expect(fromGroup(asGroup(lone))).toEqual(lone);
  expect(fromGroup(asGroup(null))).toBeNull();
  const both = { any: [lone, { field: 'source', test: 'empty' }] };
  expect(fromGroup(asGroup(both))).toEqual(both);
});
test('another test of the same form keeps the value, one without a value drops it', () => {
  const known = { field: 'amount', test: 'at_least', value: 1000 };
  expect(retested(known, 'greater')).toEqual({ field: 'amount', test: 'greater', value: 1000 });
  expect(retested(known, 'empty')).toEqual({ field: 'amount', test: 'empty' });
});
test('a test without its value is not complete, however deep', () => {
  expect(isComplete({ all: [{ any: [{ field: 'amount', test: 'at_least' }] }] })).toBe(false);
  expect(isComplete({ field: 'amount', test: 'between', value: [1, ''] })).toBe(false);
  expect(isComplete({ field: 'amount', test: 'not_empty' })).toBe(true);
});
test('every test that is offered has its words in the sentence', () => {
  for (const type of ['text', 'money', 'date', 'datetime', 'boolean', 'choice', 'choices', 'link', 'person'])
    for (const each of testsOf(type)) expect(say({ field: 'amount', test: each, value: 1 })).toContain('Montant');
});
test('a condition is read back in French', () => {
  expect(say({ field: 'source', test: 'equals', value: 'salon' })).toBe('Source est « Salon »');
  expect(
    say({
      all: [
        { field: 'amount', test: 'at_least', value: 1000 },
        {
          any: [
            { field: 'source', test: 'not_empty' },
            { field: 'amount', test: 'empty' },
          ],
        },
      ],
    }),
  ).toBe('Montant vaut au moins 1\u202f000 et (Source est rempli ou Montant n’est pas rempli)');
});
test('fields of linked records are one link away', () => {
  const field = (name: string, type: string, to: string | null = null) => ({
    name,
    type,
    to,
    label: words(name),
    choices: [],
  });
  const schema = {
    objects: [
      { uid: 'deal', name: 'deal', fields: [field('account', 'link', 'account')] },
      { uid: 'account', name: 'account', fields: [field('sector', 'text')] },
    ],
  } as unknown as Schema;
  expect(testables(schema, 'deal', 'fr').map((each) => each.name)).toEqual(['account', 'account.sector']);
});

test('related records are looked into under the name that the server knows, and said by theirs', () => {
  const object = (name: string, plural: string, to: string | null) => ({
    uid: name,
    name,
    plural: words(plural),
    fields: [{ name: 'kind', type: to ? 'link' : 'text', to, label: words('Nature'), choices: [] }],
  });
  const schema = {
    objects: [
      object('deal', 'Affaires', null),
      object('activity', 'Activités', 'deal'),
      object('line', 'Lignes', 'deal'),
    ],
  } as unknown as Schema;
  const scope = scopeOf(schema, 'deal', 'fr');
  expect(scope.relations.map((each) => each.name)).toEqual(['activities', 'lines']);
  const t = i18next.getFixedT('fr', 'conditions') as TFunction<'conditions'>;
  expect(sayCondition({ none: 'activities' }, [], t, 'fr', scope)).toContain('Activités');
});
test('how many related records changes, their own tests stay', () => {
  const some = { some: 'activities', where: { field: 'kind', test: 'not_empty' } };
  const counted = relooked(some, { look: 'count', value: 3 });
  expect(counted).toEqual({ count: 'activities', where: some.where, test: 'at_least', value: 3 });
  expect(relooked(counted, { look: 'some' })).toEqual(some);
  expect(lookedInto({ field: 'kind', test: 'empty' })).toBeNull();
  expect(isComplete({ some: 'activities', where: { field: 'kind', test: 'equals' } })).toBe(false);
});
