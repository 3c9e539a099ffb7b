import { expect, test } from 'vitest';
import i18next from 'i18next';
import './Retention';

test('what is known of why data are held is said in words, on a page that shows no person', () => {
  for (const one of ['purpose.prospecting', 'basis.consent', 'yes', 'no'])
    expect(i18next.exists(`privacy:${one}`)).toBe(true);
});
