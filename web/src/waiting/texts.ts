import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('waiting', { fr, en });
export { useTranslation } from '@/i18n';
