/** What merging unattended says: loaded with its section. */
import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('unattended', { fr, en });
export { useTranslation } from '@/i18n';
