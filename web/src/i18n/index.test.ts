import { expect, test } from 'vitest';
import i18next from 'i18next';
import { addTexts } from '.';

test('a number in a sentence is grouped in threes, a text is left as it is', () => {
  addTexts('probe', { fr: { n_one: '{{count}} fiche', n_other: '{{count}} fiches', v: 'version {{name}}' }, en: {} });
  const said = i18next.t('probe:n', { count: 1836 }).replace(/[\u00a0\u202f]/g, ' ');
  expect(said).toBe('1 836 fiches');
  expect(i18next.t('probe:v', { name: '1836' })).toBe('version 1836');
});
