import { expect, test } from 'vitest';
import type { ObjectShape, PipelineShape, Schema } from '@/client/schema';
import type { Session } from '@/client/session';
import { homeOf } from './places';

const object = (name: string) => ({ uid: name, name, may: {} }) as ObjectShape;
const pipeline = (uid: string, of: string) => ({ uid, object: of }) as PipelineShape;
const SCHEMA = {
  objects: ['activity', 'lead', 'opportunity', 'ticket'].map(object),
  pipelines: [pipeline('support', 'ticket'), pipeline('vente', 'opportunity')],
} as Schema;
const home = (roles: string[], schema = SCHEMA, create = true, maps = false) =>
  homeOf({ roles, rights: { activity: { create } }, may: { maps } } as unknown as Session, schema);

test('each role lands where its work is', () => {
  expect(home(['sales'])).toBe('/ma-journee');
  expect(home(['manager'])).toBe('/pipeline/vente');
  expect(home(['support'])).toBe('/pipeline/support');
  expect(home(['marketing'])).toBe('/fiches/lead');
  expect(home(['revops'], SCHEMA, true, true)).toBe('/cartes');
});
test('nobody lands where nothing opens', () => {
  expect(home(['sales'], SCHEMA, false)).toBe('/pipeline/vente');
  expect(home(['support'], { ...SCHEMA, pipelines: [] })).toBe('/fiches/ticket');
  expect(home(['marketing'], { ...SCHEMA, pipelines: [], objects: [object('product')] })).toBe('/fiches/product');
  expect(home([], { ...SCHEMA, pipelines: [], objects: [] })).toBe('/cartes');
});
