/** A trigger or an action, and what it asks for, each with the input that fits. */
import { ActionIcon, Select, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useSchema, wordsOf } from '@/client/blueprint';
import type { Duration, MapDoc } from '@/client/maps';
import { Delay } from '../Delay';
import s from '../Maps.module.css';
import { newFields } from '../model';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import { blank, type Filled, type Word } from './model';
import r from './Rules.module.css';
import { Values } from './Values';

interface Props {
  map: MapDoc;
  what: 'on' | 'do';
  label: string;
  words: readonly Word[];
  value: Filled | null;
  /** What is meant when no word is chosen. */
  none?: string;
  onChange: (value: Filled | null) => void;
  onRemove?: () => void;
}
export function WordFields({ map, what, label, words, value, none, onChange, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const word = words.find((each) => each.name === value?.[what]);
  const pick = (name: string | null) => {
    const next = words.find((each) => each.name === name);
    onChange(next ? blank(what, next) : null);
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
            map={map}
            input={each}
            of={value}
            onChange={(next) => onChange({ ...value, [each.name]: next })}
          />
        ))}
    </div>
  );
}
interface InputProps {
  map: MapDoc;
  input: Word['inputs'][number];
  of: Filled;
  onChange: (value: unknown) => void;
}
function Input({ map, input, of, onChange }: InputProps) {
  const { t } = useTranslation('maps');
  const choices = useChoices(map, input.input, of);
  const value = of[input.name];
  if (input.input === 'duration')
    return <Delay label={input.label} value={value as Duration | null | undefined} onChange={onChange} />;
  if (input.input === 'boolean')
    return (
      <Switch
        size="xs"
        label={input.label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (input.input === 'values')
    return (
      <Values map={map} object={(of.object as string) || map.subject} value={value as Filled} onChange={onChange} />
    );
  if (input.input === 'text')
    return (
      <TextInput
        size="xs"
        label={input.label}
        required={input.required}
        value={(value as string | undefined) ?? ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <Select
      size="xs"
      label={input.label}
      required={input.required}
      searchable
      clearable={!input.required}
      placeholder={
        input.required ? '' : t(input.input === 'stage' || input.input === 'passage' ? 'rule.here' : 'rule.any')
      }
      data={choices}
      value={(value as string | null | undefined) || null}
      onChange={(next) => onChange(next ?? (input.input === 'person' ? 'owner' : null))}
    />
  );
}
interface Choice {
  value: string;
  label: string;
}
/** What may be chosen: from the map for its steps, passages and fields, from the company for the rest. */
function useChoices(map: MapDoc, input: string, of: Filled): Choice[] {
  const { t, i18n } = useTranslation('maps');
  const schema = useSchema().data;
  const roles = useRoles(map).choices;
  const named = (each: { uid: string; label: Parameters<typeof wordsOf>[0] }) => ({
    value: each.uid,
    label: wordsOf(each.label, i18n.language),
  });
  const object = schema?.objects.find((each) => each.uid === map.subject);
  const stepOf = (id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
  if (input === 'stage')
    return map.steps.filter((each) => each.kind !== 'gateway').map((each) => ({ value: each.id, label: each.label }));
  if (input === 'passage')
    return map.passages.map((each) => ({ value: each.id, label: `${stepOf(each.source)} → ${stepOf(each.target)}` }));
  if (input === 'role') return roles;
  if (input === 'person') return [{ value: 'owner', label: t('rule.owner') }, ...roles];
  if (input === 'object') return (schema?.objects ?? []).map(named);
  if (input === 'activity') {
    const kinds = schema?.objects.find((each) => each.uid === 'activity')?.fields.find((each) => each.name === 'kind');
    return (kinds?.choices ?? []).map((each) => ({ value: each.id, label: wordsOf(each.label, i18n.language) }));
  }
  const dated = of.on === 'date_reached';
  const fits = (type: string | null | undefined) => !dated || type === 'date' || type === 'datetime';
  const own = newFields(map).filter((each) => fits(each.type));
  const known = (object?.fields ?? []).filter((each) => fits(each.type)).map(named);
  const brought = own.map((each) => ({ value: each.id, label: each.label }));
  return [...new Map([...brought, ...known].map((each) => [each.value, each])).values()];
}
