/** What a passage says, to be read: before, during and after it is taken. */
import { type SchemaField, wordsOf } from '@/client/blueprint';
import type { MapDoc, Passage } from '@/client/maps';
import w from '@/design/work.module.css';
import type { Testable } from '@/fields/conditions/model';
import { sayCondition } from '@/fields/conditions/say';
import { useTranslation as useConditionTexts } from '@/fields/conditions/texts';
import { integer } from '@/lib/format';
import { newFields } from './model';
import { useTranslation } from './texts';
import { useRoles } from './useRoles';

interface Props {
  passage: Passage;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
}
export function PassageSaid({ passage, map, fields, tests }: Props) {
  const { t, i18n } = useTranslation('maps');
  const { t: conditions } = useConditionTexts('conditions');
  const { nameOf } = useRoles(map);
  const { roles = [], condition } = passage.before ?? {};
  const fieldOf = (uid: string) => {
    const field = fields.find((each) => each.uid === uid);
    return field ? wordsOf(field.label, i18n.language) : (newFields(map).find((each) => each.id === uid)?.label ?? uid);
  };
  const fires = passage.fires_after;
  const parts: Record<'before' | 'during' | 'after', string[]> = {
    before: [
      `${t('passage.roles')} : ${roles.map(nameOf).join(', ') || t('passage.anyRole')}`,
      ...(condition ? [sayCondition(condition, tests, conditions, i18n.language)] : []),
    ],
    during: (passage.during ?? []).map(fieldOf),
    after: [
      ...(passage.after ?? []).map((each) => each.label),
      ...(fires ? [`${t('passage.fires')} ${integer(fires.amount)} ${t(`unit.${fires.unit}`)}`] : []),
    ],
  };
  return (
    <div className={w.panel}>
      {(['before', 'during', 'after'] as const).map((each) => (
        <section key={each} aria-label={t(`passage.tab.${each}`)}>
          <h3 className={w.title}>{t(`passage.tab.${each}`)}</h3>
          <ul className={w.list}>
            {parts[each].map((line) => (
              <li key={line}>{line}</li>
            ))}
            {parts[each].length === 0 && <li>{t('passage.nothing')}</li>}
          </ul>
        </section>
      ))}
    </div>
  );
}
