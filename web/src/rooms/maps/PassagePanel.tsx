/** A passage: what travels on it, and what happens before, during and after it is taken. */
import { Autocomplete, MultiSelect, Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { type SchemaField, wordsOf } from '@/client/blueprint';
import type { MapDoc, OverlayAnswer, Passage } from '@/client/maps';
import { Stat } from '@/design/ui';
import w from '@/design/work.module.css';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { duration, integer } from '@/lib/format';
import { Delay } from './Delay';
import s from './Maps.module.css';
import { kindOf } from './kinds';
import { changePassage, newFields } from './model';
import { PassageSaid } from './PassageSaid';
import { RemoveButton } from './RemoveButton';
import { Automatics } from './rules/Automatics';
import type { Automatic } from './rules/model';
import { useTranslation } from './texts';
import { useRoles } from './useRoles';
import type { Editor } from './useEditor';

const Measures = lazy(() => import('./rules/Measures'));

interface Props {
  passage: Passage;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
  overlay: OverlayAnswer | undefined;
  editable: boolean;
  onRemove: () => void;
}
export function PassagePanel(props: Props) {
  const { t } = useTranslation('maps');
  const { passage, overlay, editable, map } = props;
  const tabs = kindOf(map).builds ? (['before', 'during', 'after'] as const) : (['before'] as const);
  const measured = overlay?.passages[passage.id];
  return (
    <Tabs key={passage.id} className={w.tabs} defaultValue={editable ? 'before' : measured ? 'measured' : 'said'}>
      <Tabs.List>
        {kindOf(map).builds && <Tabs.Tab value="measured">{t('measured')}</Tabs.Tab>}
        {editable ? (
          tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(tabs.length > 1 ? `passage.tab.${each}` : 'definition')}
            </Tabs.Tab>
          ))
        ) : (
          <Tabs.Tab value="said">{t('definition')}</Tabs.Tab>
        )}
      </Tabs.List>
      <Tabs.Panel value="measured">
        {measured ? (
          <div className={w.panel}>
            <div className={s.facts}>
              <Stat label={t('median')} value={duration(measured.median_seconds)} />
              <Stat label={t('p90')} value={duration(measured.p90_seconds)} />
              <Stat label={t('taken')} value={integer(measured.count)} />
            </div>
          </div>
        ) : (
          <p>{t('passage.noMeasure')}</p>
        )}
      </Tabs.Panel>
      {editable ? (
        <Definition {...props} />
      ) : (
        <Tabs.Panel value="said">
          <PassageSaid {...props} />
        </Tabs.Panel>
      )}
    </Tabs>
  );
}
function Definition({ passage, map, fields, tests, editor, onRemove }: Props) {
  const { t, i18n } = useTranslation('maps');
  const set = (change: Partial<Passage>) => editor.change((known) => changePassage(known, passage.id, change));
  const words = (each: { uid: string; label: SchemaField['label'] }) => ({
    value: each.uid,
    label: wordsOf(each.label, i18n.language),
  });
  const { choices } = useRoles(map);
  const kind = kindOf(map);
  const asked = [...fields.map(words), ...newFields(map).map((each) => ({ value: each.id, label: each.label }))];
  return (
    <>
      <Tabs.Panel value="before">
        <div className={w.panel}>
          <Autocomplete
            label={t('passage.label')}
            data={kind.links.map((each) => t(`link.${each}`))}
            filter={({ options }) => options}
            value={passage.label ?? ''}
            onChange={(label) => set({ label })}
          />
          {kind.builds && (
            <MultiSelect
              label={t('passage.roles')}
              placeholder={passage.before?.roles?.length ? '' : t('passage.anyRole')}
              data={choices}
              value={passage.before?.roles ?? []}
              onChange={(next) => set({ before: { ...passage.before, roles: next } })}
            />
          )}
          {kind.conditions && (
            <section>
              <h3 className={w.title}>{t('passage.condition')}</h3>
              <ConditionBuilder
                label={t('passage.condition')}
                object={map.subject}
                value={passage.before?.condition}
                fields={tests}
                onChange={(condition) => set({ before: { ...passage.before, condition } })}
              />
            </section>
          )}
          <RemoveButton label={t('passage.remove')} onRemove={onRemove} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="during">
        <div className={w.panel}>
          <MultiSelect
            label={t('passage.during')}
            searchable
            data={[...new Map(asked.map((each) => [each.value, each])).values()]}
            value={passage.during ?? []}
            onChange={(during) => set({ during })}
          />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="after">
        <div className={w.panel}>
          <Automatics
            title={t('passage.after')}
            notes={passage.after as Automatic[] | undefined}
            map={map}
            tests={tests}
            onChange={(after) => set({ after })}
          />
          <Delay
            label={t('passage.fires')}
            value={passage.fires_after}
            onChange={(fires_after) => set({ fires_after })}
          />
          <Suspense>
            <Measures element={passage.id} map={map} fields={fields} tests={tests} editor={editor} />
          </Suspense>
        </div>
      </Tabs.Panel>
    </>
  );
}
