import { expect, test } from 'vitest';
import type { FieldShape, ObjectShape } from '@/client/schema';
import { creationFields, groupsOf, nextSort, shownColumns, stageLabel } from './columns';

const field = (name: string, more: Partial<FieldShape> = {}): FieldShape => ({
  uid: name,
  name,
  label: name,
  type: 'text',
  group: null,
  help: null,
  required: false,
  unique: false,
  system: false,
  choices: [],
  currency: null,
  decimals: null,
  to: null,
  may_write: true,
  origin: null,
  ...more,
});
const object = (...fields: FieldShape[]): ObjectShape => ({
  uid: 'o',
  name: 'o',
  label: 'O',
  plural: 'O',
  icon: 'box',
  title: 'name',
  may: {},
  fields,
});
const names = (fields: FieldShape[]) => fields.map((each) => each.name);

test('what is renewed shows when among its first columns', () => {
  const plain = ['product', 'starts_on', 'ends_on', 'notice_months', 'tacit', 'health', 'loss_reason'];
  const contract = object(...['name', 'account', ...plain, 'renews_on'].map((name) => field(name)));
  expect(names(shownColumns(contract, undefined)).slice(0, 2)).toEqual(['account', 'renews_on']);
});
test('a table shows what says most first and the owner last', () => {
  const deal = object(
    field('name'),
    field('notes', { type: 'long_text' }),
    field('owner', { type: 'person' }),
    field('source'),
    field('amount', { type: 'money' }),
    field('stage', { system: true }),
    field('created_at', { system: true }),
  );
  expect(names(shownColumns(deal, undefined))).toEqual(['stage', 'amount', 'source', 'owner']);
  expect(names(shownColumns(deal, ['created_at']))).toEqual(['created_at']);
});
test('a header sorts up, then down, then no more', () => {
  expect(nextSort(undefined, 'amount')).toBe('amount');
  expect(nextSort('amount', 'amount')).toBe('-amount');
  expect(nextSort('-amount', 'amount')).toBeUndefined();
  expect(nextSort('-amount', 'name')).toBe('name');
});
test('what the system keeps is the last group of a record', () => {
  const groups = groupsOf(object(field('name'), field('created_at', { system: true }), field('city')), 'fr');
  expect(groups.map((group) => names(group.fields))).toEqual([['city'], ['created_at']]);
});
test('a creation asks what is required, and never what one may not write', () => {
  const { first, more } = creationFields(
    object(field('name'), field('code', { required: true }), field('secret', { may_write: false }), field('city')),
  );
  expect(names(first)).toEqual(['name', 'code']);
  expect(names(more)).toEqual(['city']);
});
test('a stage is found in whichever pipeline holds it', () => {
  const pipeline = { stages: [{ uid: 's1', label: 'Démo' }] } as never;
  expect(stageLabel([pipeline], 's1')).toBe('Démo');
  expect(stageLabel([pipeline], 's2')).toBeNull();
});
