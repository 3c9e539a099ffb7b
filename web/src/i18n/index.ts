/** Texts of the screens: French is the source, one JSON per room, loaded with the room. */
import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { decimal, setLocale } from '@/lib/format';
import en from './en.json';
import fr from './fr.json';

const LANG = 'portulan.lang';
export type Lang = 'fr' | 'en';

/** A number in a sentence is written as people read it: 1 836, not 1836. */
const numbers: FormatterModule = {
  type: 'formatter',
  init() {},
  add() {},
  addCached() {},
  format: (value: unknown) => (typeof value === 'number' ? decimal(value, 2) : value) as string,
};

void i18next
  .use(initReactI18next)
  .use(numbers)
  .init({
    lng: localStorage.getItem(LANG) ?? 'fr',
    fallbackLng: 'fr',
    ns: ['app'],
    defaultNS: 'app',
    resources: { fr: { app: fr }, en: { app: en } },
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
/** A room adds its texts when its chunk is loaded. */
export function addTexts(room: string, texts: Record<Lang, object>) {
  i18next.addResourceBundle('fr', room, texts.fr);
  i18next.addResourceBundle('en', room, texts.en);
}
export function speak(lang: string) {
  localStorage.setItem(LANG, lang);
  document.documentElement.lang = lang;
  setLocale(lang);
  if (i18next.language !== lang) void i18next.changeLanguage(lang);
}
speak(i18next.language);
/** A text of the shell, for what is no component. */
export const say = (key: string) => i18next.t(key);
export { useTranslation } from 'react-i18next';
