/** How lines become records: by what they are known, what may change, silently or live, why gates are passed. */
import { Checkbox, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import s from './Imports.module.css';
import { useTargetLabel } from './labels';
import type { Choices, Import } from './queries';
import { given, keysOf } from './targets';
import { useTranslation } from './texts';

interface Props {
  one: Import;
  object: ObjectShape;
  choices: Choices;
  onChange: (next: Choices) => void;
}
const MODES = ['both', 'create', 'update'] as const;
const SWITCHES = ['fill', 'lenient', 'clean', 'live'] as const;

export function Options({ one, object, choices, onChange }: Props) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const set = (next: Partial<Choices>) => onChange({ ...choices, ...next });
  const targets = given(choices);
  return (
    <fieldset className={s.options}>
      <legend>{t('options.title')}</legend>
      {!targets.includes(one.title) && (
        <MultiSelect
          label={t('options.named')}
          description={t('options.namedHelp')}
          data={one.header}
          value={choices.title}
          onChange={(title) => set({ title })}
        />
      )}
      <MultiSelect
        label={t('options.keys')}
        description={t('options.keysHelp')}
        data={keysOf(one, choices, object).map((key) => ({ value: key, label: label(key) }))}
        value={choices.keys}
        onChange={(keys) => set({ keys })}
      />
      {targets.includes('external_id') && (
        <TextInput
          label={t('options.source')}
          description={t('options.sourceHelp')}
          maxLength={40}
          value={choices.source}
          onChange={(event) => set({ source: event.currentTarget.value })}
        />
      )}
      <Select
        label={t('options.mode')}
        allowDeselect={false}
        data={MODES.map((mode) => ({ value: mode, label: t(`options.modes.${mode}`) }))}
        value={choices.mode}
        onChange={(mode) => set({ mode: (mode ?? 'both') as Choices['mode'] })}
      />
      <Made one={one} object={object} choices={choices} set={set} />
      <Stages one={one} choices={choices} object={object} set={set} />
      {one.report && one.report.unsure_dates.length > 0 && (
        <Select
          label={t('options.dates')}
          description={t('options.datesHelp')}
          data={[
            { value: 'day', label: t('options.dayFirst') },
            { value: 'month', label: t('options.monthFirst') },
          ]}
          value={choices.day_first === null ? null : choices.day_first ? 'day' : 'month'}
          onChange={(order) => set({ day_first: order ? order === 'day' : null })}
        />
      )}
      {SWITCHES.map((name) => (
        <Checkbox
          key={name}
          label={t(`options.${name}`)}
          description={t(`options.${name}Help`)}
          checked={choices[name]}
          onChange={(event) => set({ [name]: event.currentTarget.checked })}
        />
      ))}
    </fieldset>
  );
}
/** Links whose records nobody knows: made with the import, on demand. */
function Made({ one, object, choices, set }: StagesProps) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const links = one.makeable.filter((target) => given(choices).includes(target));
  const make = choices.make ?? [];
  return links.map((target) => (
    <Checkbox
      key={target}
      label={t('options.make', { field: label(target) })}
      description={t('options.makeHelp')}
      checked={make.includes(target)}
      onChange={(event) =>
        set({ make: event.currentTarget.checked ? [...make, target] : make.filter((each) => each !== target) })
      }
    />
  ));
}
interface StagesProps {
  one: Import;
  object: ObjectShape;
  choices: Choices;
  set: (next: Partial<Choices>) => void;
}
function Stages({ one, object, choices, set }: StagesProps) {
  const { t } = useTranslation('connectors');
  const say = useSay();
  const pipelines = (useSchemaQuery().data?.pipelines ?? []).filter(
    (each) => each.object === object.uid || each.object === object.name,
  );
  if (!pipelines.length) return null;
  return (
    <>
      {pipelines.length > 1 && (
        <Select
          label={t('options.pipeline')}
          allowDeselect={false}
          data={pipelines.map((each) => ({ value: each.uid, label: say(each.label) }))}
          value={choices.pipeline}
          onChange={(pipeline) => set({ pipeline })}
        />
      )}
      {one.may_override && given(choices).includes('stage') && (
        <Textarea
          label={t('options.motive')}
          description={t('options.motiveHelp')}
          maxLength={2000}
          autosize
          value={choices.motive}
          onChange={(event) => set({ motive: event.currentTarget.value })}
        />
      )}
    </>
  );
}
