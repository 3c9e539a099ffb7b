import { describe, expect, it } from 'vitest';
import type { ObjectShape } from '@/client/schema';
import type { Choices, Import } from './queries';
import { assigned, keysOf } from './targets';

const field = (name: string, type = 'text') => ({ name, type, unique: false });
const object = { fields: [field('name'), field('siren', 'siren'), field('city')] } as unknown as ObjectShape;
const one = { title: 'name' } as Import;
const choices = { columns: { Nom: 'name', SIREN: 'siren' }, keys: ['siren'], source: '' } as unknown as Choices;

describe('what the columns of a file become', () => {
  it('gives a target to one column alone', () => {
    expect(assigned(one, choices, object, 'Raison', 'name').columns).toEqual({ SIREN: 'siren', Raison: 'name' });
  });
  it('drops a key with its column and falls back on the name', () => {
    expect(assigned(one, choices, object, 'SIREN', '').keys).toEqual(['name']);
  });
  it('names a source when there are ids of another tool', () => {
    expect(assigned(one, choices, object, 'Ref', 'external_id').source).toBe('fichier');
  });
  it('offers what identifies before the name', () => {
    expect(keysOf(one, choices, object)).toEqual(['siren', 'name']);
  });
});
