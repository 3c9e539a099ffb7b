/** The words of what one stands at with a record. */
import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('figures', { fr, en });
