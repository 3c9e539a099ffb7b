/** The definition of a step: what it is, and what must be true to leave it. */
import { Checkbox, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { type SchemaField, wordsOf } from '@/client/blueprint';
import type { Criterion, Duration, Friction, Information, MapDoc, Note, Step, Unit } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Items } from './Items';
import s from './Maps.module.css';
import { addLane, addPhase, changeStep, removeStep } from './model';
import { RemoveButton } from './RemoveButton';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const KINDS = ['task', 'interest', 'evaluation', 'decision', 'wait', 'gateway', 'won', 'lost', 'closed'];
const TYPES = [
  'text',
  'long_text',
  'integer',
  'decimal',
  'money',
  'percent',
  'date',
  'datetime',
  'boolean',
  'person',
  'email',
  'phone',
  'url',
];
const UNITS: Unit[] = ['hours', 'days', 'weeks', 'months', 'working_hours', 'working_days'];
const NEW = '+';

interface Props {
  step: Step;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
  onGone: () => void;
}
export function StepForm({ step, map, fields, tests, editor, onGone }: Props) {
  const { t } = useTranslation('maps');
  const set = (change: Partial<Step>) => editor.change((known) => changeStep(known, step.id, change));
  return (
    <div className={s.panel}>
      <Basics step={step} map={map} editor={editor} set={set} />
      <Items<Criterion> title={t('exit')} items={step.exit} onChange={(exit) => set({ exit })}>
        {(item, change) => (
          <ConditionBuilder
            label={item.label}
            value={item.condition}
            fields={tests}
            onChange={(condition) => change({ condition })}
          />
        )}
      </Items>
      <Items<Criterion> title={t('entry')} items={step.entry} onChange={(entry) => set({ entry })}>
        {(item, change) => (
          <ConditionBuilder
            label={item.label}
            value={item.condition}
            fields={tests}
            onChange={(condition) => change({ condition })}
          />
        )}
      </Items>
      <Items<Information>
        title={t('information')}
        items={step.information}
        onChange={(information) => set({ information })}
      >
        {(item, change) => <FieldOf item={item} fields={fields} change={change} />}
      </Items>
      <Delay value={step.delays?.maximum} onChange={(maximum) => set({ delays: { ...step.delays, maximum } })} />
      <Items<Friction> title={t('frictions')} items={step.frictions} onChange={(frictions) => set({ frictions })} />
      <Items<Note> title={t('documents')} items={step.documents} onChange={(documents) => set({ documents })} />
      <Items<Note> title={t('systems')} items={step.systems} onChange={(systems) => set({ systems })} />
      <RemoveButton
        label={t('step.remove')}
        onRemove={() => {
          onGone();
          editor.change((known) => removeStep(known, step.id));
        }}
      />
    </div>
  );
}
function Basics({
  step,
  map,
  editor,
  set,
}: {
  step: Step;
  map: MapDoc;
  editor: Editor;
  set: (change: Partial<Step>) => void;
}) {
  const { t } = useTranslation('maps');
  const options = (items: { id: string; label: string }[], add: string) => [
    ...items.map((each) => ({ value: each.id, label: each.label })),
    { value: NEW, label: `+ ${add}` },
  ];
  const pick = (what: 'lane' | 'phase') => (id: string | null) => {
    if (!id) return;
    if (id !== NEW) return set({ [what]: id });
    const label = window.prompt(t('step.name'));
    if (!label) return;
    editor.change((known) => {
      const added = what === 'lane' ? addLane(known, label) : addPhase(known, label);
      return changeStep(added.map, step.id, { [what]: added.id });
    });
  };
  return (
    <>
      <TextInput
        label={t('step.label')}
        value={step.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        id="step-label"
      />
      <Select
        label={t('step.kind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={step.kind}
        onChange={(kind) => kind && set({ kind: kind as Step['kind'] })}
      />
      <Select
        label={t('step.lane')}
        allowDeselect={false}
        data={options(map.lanes, t('step.addLane'))}
        value={step.lane}
        onChange={pick('lane')}
      />
      <Select
        label={t('step.phase')}
        allowDeselect={false}
        data={options(map.phases, t('step.addPhase'))}
        value={step.phase}
        onChange={pick('phase')}
      />
      <NumberInput
        label={t('step.probability')}
        min={0}
        max={100}
        value={step.probability ?? ''}
        onChange={(value) => set({ probability: value === '' ? null : Number(value) })}
      />
      <Switch
        label={t('step.begins')}
        checked={step.begins ?? false}
        onChange={(event) => set({ begins: event.currentTarget.checked })}
      />
      <Textarea
        label={t('step.description')}
        autosize
        minRows={2}
        value={step.description ?? ''}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </>
  );
}
function FieldOf({
  item,
  fields,
  change,
}: {
  item: Information;
  fields: SchemaField[];
  change: (change: Partial<Information>) => void;
}) {
  const { t, i18n } = useTranslation('maps');
  const data = [
    {
      group: t('existing'),
      items: fields.map((each) => ({
        value: `field:${each.uid}`,
        label: wordsOf(each.label, i18n.language),
      })),
    },
    { group: t('type'), items: TYPES.map((type) => ({ value: `type:${type}`, label: t(`types.${type}`) })) },
  ];
  const value = item.field ? `field:${item.field}` : item.type ? `type:${item.type}` : null;
  const pick = (next: string | null) => {
    const [what, name] = next?.split(':') ?? [];
    change({ field: what === 'field' ? name! : null, type: what === 'type' ? name! : null });
  };
  return (
    <>
      <Select
        size="xs"
        aria-label={t('type')}
        placeholder={t('noType')}
        searchable
        clearable
        data={data}
        value={value}
        onChange={pick}
      />
      <Checkbox
        label={t('required')}
        checked={item.required ?? false}
        onChange={(event) => change({ required: event.currentTarget.checked })}
      />
    </>
  );
}
function Delay({
  value,
  onChange,
}: {
  value: Duration | null | undefined;
  onChange: (value: Duration | null) => void;
}) {
  const { t } = useTranslation('maps');
  const unit = value?.unit ?? 'days';
  return (
    <section>
      <h3 className={s.title}>{t('step.delay')}</h3>
      <div className={s.row}>
        <NumberInput
          aria-label={t('step.delay')}
          min={0}
          value={value?.amount ?? ''}
          onChange={(amount) => onChange(amount === '' ? null : { amount: Number(amount), unit })}
        />
        <Select
          aria-label={t('step.delay')}
          w={140}
          allowDeselect={false}
          data={UNITS.map((each) => ({ value: each, label: t(`unit.${each}`) }))}
          value={unit}
          onChange={(next) => value && next && onChange({ ...value, unit: next as Unit })}
        />
      </div>
    </section>
  );
}
