/** What a working day says: apart, so that boards do not load it. */
import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('day', { fr, en });
