import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('maps', { fr, en });
export { useTranslation } from '@/i18n';
/** A text as it is compared: without accents and capitals. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
