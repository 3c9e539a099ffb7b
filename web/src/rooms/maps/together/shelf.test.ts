import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { forget, kept } from '@/client/device';
import { Shelf } from './shelf';

beforeEach(() => localStorage.clear());
/** One update a label, each at its own place of one document. */
function changed(...labels: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const label of labels) doc.getMap('map').set(label, true);
  return updates;
}
function drawn(shelf: Shelf): string[] {
  const doc = new Y.Doc();
  for (const { update } of shelf.take()) Y.applyUpdate(doc, update);
  return Object.keys(doc.getMap('map').toJSON()).sort();
}
test('what a tab kept comes back whole in the next one, until it is cleared', () => {
  new Shelf(1, 'm').put(2, changed('Vente', 'Relance'));
  const next = new Shelf(1, 'm');
  expect(next.take().map(({ n }) => n)).toEqual([2]);
  expect(drawn(next)).toEqual(['Relance', 'Vente']);
  next.clear();
  expect(new Shelf(1, 'm').take()).toEqual([]);
  expect(localStorage).toHaveLength(0);
});
test('two tabs write over nothing of one another, and the one that is saved clears its own alone', () => {
  const [one, other] = [new Shelf(1, 'm'), new Shelf(1, 'm')];
  one.put(1, changed('Vente'));
  other.put(1, changed('Relance'));
  one.put(2, changed('Vente', 'Devis'));
  expect(drawn(new Shelf(1, 'm'))).toEqual(['Devis', 'Relance', 'Vente']);
  one.clear();
  expect(drawn(new Shelf(1, 'm'))).toEqual(['Relance']);
});
test('what a tab adds after it was taken stays', () => {
  const [one, next] = [new Shelf(1, 'm'), new Shelf(1, 'm')];
  one.put(1, changed('Vente'));
  expect(drawn(next)).toEqual(['Vente']);
  one.put(2, changed('Vente', 'Devis'));
  next.clear();
  expect(drawn(new Shelf(1, 'm'))).toEqual(['Devis', 'Vente']);
});
test('a tab that comes back on line takes what others left, not its own', () => {
  const one = new Shelf(1, 'm');
  one.put(1, changed('Vente'));
  new Shelf(1, 'm').put(1, changed('Relance'));
  expect(drawn(one)).toEqual(['Relance']);
});
test('nobody else reads it, another map neither, and signing out forgets one’s own alone, for good', () => {
  const one = new Shelf(1, 'm');
  one.put(1, changed('Vente'));
  new Shelf(12, 'm').put(1, changed('Autre'));
  expect(new Shelf(2, 'm').take()).toEqual([]);
  expect(new Shelf(1, 'n').take()).toEqual([]);
  expect(new Shelf(1, '').take()).toEqual([]);
  forget(1);
  expect(one.put(1, changed('Vente'))).toBe(false);
  expect(new Shelf(1, 'm').take()).toEqual([]);
  expect(drawn(new Shelf(12, 'm'))).toEqual(['Autre']);
});
test('what is no change is nothing, and goes with the rest', () => {
  for (const [tab, text] of ['rien', '1 rien', '1 ////'].entries())
    localStorage.setItem(`portulan.kept.3.map.m.${tab}`, text);
  const shelf = new Shelf(3, 'm');
  expect(shelf.take()).toEqual([]);
  shelf.clear();
  expect(kept(3, 'map.m.0')).toBeNull();
});
