/** What the choice of a digest says: loaded with its dialog. */
import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('digest', { fr, en });
