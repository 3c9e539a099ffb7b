import { expect, test } from 'vitest';
import { fits } from './filters';
import type { Requirement } from './queries';

const ONE: Requirement = {
  reference: 'EX-004',
  key: 'vente.cr_besoin',
  map: 'vente',
  process: 'Vente',
  element: 'premier_contact',
  step: 'Premier contact',
  role: 'Commercial',
  rollout: 1,
  kind: 'criterion',
  level: 'indispensable',
  text: 'Refuser la sortie tant que le besoin n’est pas reformulé.',
  answers: ['On ressaisit tout'],
  change: 'new',
};

test('a requirement is found by words without accents, by its number, by what it answers', () => {
  for (const mots of ['reformule', 'ex-004', 'RESSAISIT']) expect(fits(ONE, { mots })).toBe(true);
  expect(fits(ONE, { mots: 'facture' })).toBe(false);
});

test('every filter narrows', () => {
  expect(fits(ONE, { carte: 'vente', niveau: 'indispensable', genre: 'criterion', phase: '1' })).toBe(true);
  expect(fits(ONE, { phase: '2' })).toBe(false);
  expect(fits({ ...ONE, change: 'same' }, { seulement: 'changees' })).toBe(false);
  expect(fits({ ...ONE, answers: [] }, { seulement: 'irritants' })).toBe(false);
});
