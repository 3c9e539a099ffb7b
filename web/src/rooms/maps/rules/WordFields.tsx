/** A trigger, an action, an act or an expectation, and what it asks for, each with the input that fits. */
import { ActionIcon, MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Condition, Duration } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { Delay } from '../Delay';
import s from '../Maps.module.css';
import { useTranslation } from '../texts';
import type { Ask } from './ask';
import { blank, type Filled, type Key, type Word } from './model';
import { Copied, Pools, Steps } from './Nested';
import r from './Rules.module.css';
import { Values } from './Values';

interface Props {
  what: Key;
  label: string;
  words: readonly Word[];
  value: Filled | null;
  ask: Ask;
  /** What is meant when no word is chosen. */
  none?: string;
  onChange: (value: Filled | null) => void;
  onRemove?: () => void;
}
export function WordFields({ what, label, words, value, ask, none, onChange, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const word = words.find((each) => each.name === value?.[what]);
  const pick = (name: string | null) => {
    const next = words.find((each) => each.name === name);
    const kept = next?.inputs.filter((each) => value?.[each.name] !== undefined) ?? [];
    const same = Object.fromEntries(kept.map((each) => [each.name, value?.[each.name]]));
    onChange(next ? { ...blank(what, next), ...same } : null);
  };
  return (
    <div className={r.word}>
      <div className={s.row}>
        <Select
          size="xs"
          aria-label={label}
          placeholder={none ?? ''}
          clearable={none !== undefined}
          allowDeselect={false}
          data={words.map((each) => ({ value: each.name, label: each.label }))}
          value={word?.name ?? null}
          onChange={pick}
        />
        {onRemove && (
          <ActionIcon aria-label={`${t('remove')} – ${label}`} onClick={onRemove}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      {value &&
        word?.inputs.map((each) => (
          <Input
            key={each.name}
            input={each}
            of={value}
            ask={ask}
            words={words}
            onChange={(next) => onChange({ ...value, [each.name]: next })}
          />
        ))}
    </div>
  );
}
/** What a step of a sequence may do. */
const STEPS = ['send_mail', 'create_task'];
interface InputProps {
  input: Word['inputs'][number];
  of: Filled;
  ask: Ask;
  words: readonly Word[];
  onChange: (value: unknown) => void;
}
function Input({ input: { name, label, input, required, ...rest }, of, ask, words, onChange }: InputProps) {
  const value = of[name] ?? rest.default;
  switch (input) {
    case 'duration':
      return <Delay label={label} value={value as Duration | null | undefined} onChange={onChange} />;
    case 'boolean':
      return (
        <Switch
          size="xs"
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          size="xs"
          label={label}
          min={0}
          value={Number(value ?? 0)}
          onChange={(next) => onChange(Number(next) || 0)}
        />
      );
    case 'values':
      return (
        <Values object={ask.object(of)} by={ask.by} named={ask.named} value={value as Filled} onChange={onChange} />
      );
    case 'condition':
      return (
        <ConditionBuilder
          label={label}
          value={value as Condition | null}
          fields={ask.tests(of)}
          object={ask.about(of)}
          onChange={onChange}
        />
      );
    case 'text':
    case 'alias':
      return (
        <TextInput
          size="xs"
          label={label}
          required={required}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'long_text':
      return (
        <Textarea
          size="xs"
          label={label}
          required={required}
          autosize
          minRows={4}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'copied':
      return (
        <Copied
          label={label}
          value={(value as Record<string, string> | undefined) ?? {}}
          theirs={ask.choices('theirs', of)}
          ours={ask.choices('field', {})}
          onChange={onChange}
        />
      );
    case 'pools':
      return (
        <Pools
          label={label}
          value={(value as Parameters<typeof Pools>[0]['value'] | undefined) ?? []}
          roles={ask.choices('role', of)}
          fields={ask.choices('field', {})}
          tests={ask.tests(of)}
          about={ask.about(of)}
          onChange={onChange}
        />
      );
    case 'steps':
      return (
        <Steps label={label} value={Array.isArray(value) ? value : []} onChange={onChange}>
          {(action, set) => (
            <WordFields
              what="do"
              label={label}
              words={words.filter((each) => STEPS.includes(each.name))}
              value={action}
              ask={ask}
              onChange={(next) => next && set(next)}
            />
          )}
        </Steps>
      );
    case 'fields':
    case 'criteria':
      return (
        <MultiSelect
          size="xs"
          label={label}
          searchable
          data={ask.choices(input, of)}
          value={(value as string[]) ?? []}
          onChange={onChange}
        />
      );
    default:
      return (
        <Select
          size="xs"
          label={label}
          required={required}
          searchable
          clearable={!required}
          placeholder={required ? '' : ask.none(input)}
          data={ask.choices(input, of)}
          value={(value as string | null | undefined) || null}
          onChange={(next) => onChange(next ?? (input === 'person' ? 'owner' : null))}
        />
      );
  }
}
