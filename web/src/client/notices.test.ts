import { expect, test } from 'vitest';
import { addressOf } from './notices';
import type { Schema } from './schema';

const SCHEMA = { objects: [{ uid: 'opportunity', name: 'opportunity' }] } as unknown as Schema;
test('a notice leads to the element of the map with its discussions, or to the record', () => {
  expect(addressOf('map:7#qualification', SCHEMA)).toBe('/cartes/7?element=qualification&onglet=discussions');
  expect(addressOf('map:7', SCHEMA)).toBe('/cartes/7');
  expect(addressOf('opportunity:12', SCHEMA)).toBe('/fiches/opportunity/12');
  expect(addressOf('', SCHEMA)).toBeNull();
});
