/** The keys that draw and read a map. */
import { Modal } from '@mantine/core';
import { addTexts, useTranslation } from '@/i18n';
import en from './en.json';
import fr from './fr.json';
import s from './Keys.module.css';

addTexts('mapKeys', { fr, en });

const READ = ['arrows', 'space', 'branch', 'find', 'help'] as const;
const DRAW = [
  'next',
  'child',
  'typed',
  'parent',
  'move',
  'link',
  'delete',
  'undo',
  'copy',
  'list',
] as const; /** Words between keys. */
const BETWEEN = new Set(['+', 'puis', 'then']);

export default function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('mapKeys');
  return (
    <Modal opened onClose={onClose} title={t('title')} size="lg">
      <div className={s.keys}>
        {([READ, DRAW] as const).map((part) => (
          <section key={part[0]}>
            <h3>{t(part === READ ? 'read' : 'draw')}</h3>
            <dl>
              {part.map((each) => (
                <div key={each}>
                  <dt>
                    {t(`of.${each}.key`)
                      .split(' ')
                      .map((key, n) => (BETWEEN.has(key) ? ` ${key} ` : <kbd key={n}>{key}</kbd>))}
                  </dt>
                  <dd>{t(`of.${each}.does`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
