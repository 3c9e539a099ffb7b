import { expect, test } from 'vitest';
import { type Term, used } from './queries';

const term = (word: string) => ({ id: word, word }) as Term;
test('a word is found whole, whatever its case and accents', () => {
  const terms = [term('Lead chaud'), term('MQL'), term('dé')];
  expect(used(terms, ['Rappeler le LEAD CHAUD', 'Démonstration']).map((each) => each.word)).toEqual(['Lead chaud']);
  expect(used(terms, ['Un mql, enfin']).map((each) => each.word)).toEqual(['MQL']);
});
