import { beforeEach, expect, test } from 'vitest';
import { keepRecent, type Recent, recents, withRecent } from './recent';

const place = (rank: number): Recent => ({ to: `/fiches/account/${rank}`, label: `Compte ${rank}`, group: 'Comptes' });
beforeEach(() => localStorage.clear());

test('what was opened last comes first, each place once', () => {
  const known = withRecent(withRecent(withRecent([], place(1)), place(2)), place(1));
  expect(known.map((each) => each.label)).toEqual(['Compte 1', 'Compte 2']);
});
test('only a few are kept', () => {
  for (let rank = 0; rank < 9; rank += 1) keepRecent(1, place(rank));
  expect(recents(1).map((each) => each.label)).toEqual([8, 7, 6, 5, 4, 3].map((rank) => `Compte ${rank}`));
});
test('a person does not see what another opened', () => {
  keepRecent(1, place(1));
  expect(recents(2)).toEqual([]);
});
test('what storage holds that reads as nothing is left out', () => {
  localStorage.setItem('portulan.recent.1', '[{"to": 3}, null]');
  expect(recents(1)).toEqual([]);
  localStorage.setItem('portulan.recent.1', '{');
  expect(recents(1)).toEqual([]);
});
