/** The panel beside the map: what is measured and what is defined, of the selected element. */
import { ActionIcon, MultiSelect, Tabs, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { MapDoc, Note, OverlayAnswer, Passage } from '@/client/maps';
import { type SchemaField, useSchema, wordsOf } from '@/client/blueprint';
import { tint } from '@/design/ui';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { type Testable, testables } from '@/fields/conditions/model';
import { Items } from './Items';
import s from './Maps.module.css';
import { Measured } from './Measured';
import { changePassage, removePassage } from './model';
import { RemoveButton } from './RemoveButton';
import { StepForm } from './StepForm';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  id: string;
  map: MapDoc;
  editor: Editor;
  overlay: OverlayAnswer | undefined;
  log: string | null;
  editable: boolean;
  onClose: () => void;
}
export function Inspector({ id, map, editor, overlay, log, editable, onClose }: Props) {
  const { t, i18n } = useTranslation('maps');
  const schema = useSchema().data;
  const fields = schema?.objects.find((each) => each.uid === map.subject)?.fields ?? [];
  const tests = testables(schema, map.subject, i18n.language);
  const step = map.steps.find((each) => each.id === id);
  const passage = map.passages.find((each) => each.id === id);
  const lane = map.lanes.find((each) => each.id === step?.lane);
  if (!step && !passage) return null;
  return (
    <aside className={s.inspector} aria-label={step?.label ?? t('passage.title')}>
      <div className={s.inspectorHead}>
        <span>
          {lane && <i className={s.laneDot} style={tint(lane.hue)} />}
          {lane?.label ?? t('passage.title')}
        </span>
        <h2>{step?.label ?? between(map, passage!)}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {step && (
        <Tabs
          key={`${step.id}${overlay ? '+' : ''}`}
          defaultValue={overlay?.steps[step.id] || !editable ? 'measured' : 'definition'}
        >
          <Tabs.List>
            <Tabs.Tab value="measured">{t('measured')}</Tabs.Tab>
            {editable && <Tabs.Tab value="definition">{t('definition')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="measured">
            <Measured step={step} map={map} overlay={overlay} log={log} />
          </Tabs.Panel>
          <Tabs.Panel value="definition">
            <StepForm step={step} map={map} fields={fields} tests={tests} editor={editor} onGone={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
      {passage && editable && (
        <PassageForm passage={passage} fields={fields} tests={tests} map={map} editor={editor} onGone={onClose} />
      )}
    </aside>
  );
}
const between = (map: MapDoc, passage: Passage) =>
  [passage.source, passage.target].map((id) => map.steps.find((each) => each.id === id)?.label ?? id).join(' → ');

interface PassageProps {
  passage: Passage;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
  onGone: () => void;
}
function PassageForm({ passage, map, fields, tests, editor, onGone }: PassageProps) {
  const { t, i18n } = useTranslation('maps');
  const set = (change: Partial<Passage>) => editor.change((known) => changePassage(known, passage.id, change));
  const roles = [...new Set(map.lanes.flatMap((lane) => (lane.role ? [lane.role] : [])))];
  return (
    <div className={s.panel}>
      <TextInput
        label={t('passage.label')}
        value={passage.label ?? ''}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <section>
        <h3 className={s.title}>{t('passage.before')}</h3>
        <div className={s.item}>
          <MultiSelect
            size="xs"
            aria-label={t('passage.roles')}
            placeholder={t('passage.anyRole')}
            data={roles}
            value={passage.before?.roles ?? []}
            onChange={(next) => set({ before: { ...passage.before, roles: next } })}
          />
          <ConditionBuilder
            label={t('passage.condition')}
            value={passage.before?.condition}
            fields={tests}
            onChange={(condition) => set({ before: { ...passage.before, condition } })}
          />
        </div>
      </section>
      <MultiSelect
        label={t('passage.during')}
        searchable
        data={fields.map((each) => ({
          value: each.uid,
          label: wordsOf(each.label, i18n.language),
        }))}
        value={passage.during ?? []}
        onChange={(during) => set({ during })}
      />
      <Items<Note> title={t('passage.after')} items={passage.after} onChange={(after) => set({ after })} />
      <RemoveButton
        label={t('passage.remove')}
        onRemove={() => {
          onGone();
          editor.change((known) => removePassage(known, passage.id));
        }}
      />
    </div>
  );
}
