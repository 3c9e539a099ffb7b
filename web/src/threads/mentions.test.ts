import { expect, test } from 'vitest';
import { askedAt, matching, partsOf, tokens } from './mentions';

const PEOPLE = [
  { id: 1, name: 'Claire Lambert' },
  { id: 2, name: 'Élodie Renard' },
  { id: 12, name: 'Claire' },
];
test('people picked travel by their ids, the longest name first', () => {
  expect(tokens('@Claire Lambert et @Claire', PEOPLE)).toBe('@[1] et @[12]');
});
test('a text shows the people it mentions and leaves the rest alone', () => {
  expect(partsOf('Bonjour @[2], voir @[99] <b>', PEOPLE)).toEqual(['Bonjour ', PEOPLE[1], ', voir @[99] <b>']);
});
test('an @ asks for people, an address does not', () => {
  expect(askedAt('Voir @elo', 9)).toBe('elo');
  expect(askedAt('moi@elo', 7)).toBeNull();
  expect(matching(PEOPLE, 'elo').map((each) => each.id)).toEqual([2]);
  expect(matching(PEOPLE, 'lam').map((each) => each.id)).toEqual([1]);
});
