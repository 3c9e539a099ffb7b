import { addTexts } from '@/i18n';
import en from './en.json';
import fr from './fr.json';

addTexts('privacy', { fr, en });
