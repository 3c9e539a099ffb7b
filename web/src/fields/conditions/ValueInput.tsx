/** The value of a test: one, several, two ends, or a duration. */
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { wordsOf } from '@/client/blueprint';
import { usePeople } from '@/client/people';
import { type FieldTest, formOf, kindOf, type Testable } from './model';
import { useTranslation } from './texts';

const UNITS = ['hours', 'days', 'weeks', 'months', 'working_hours', 'working_days'];
interface Props {
  test: FieldTest;
  field: Testable;
  onChange: (value: unknown) => void;
}
export function ValueInput({ test, field, onChange }: Props) {
  const { t, i18n } = useTranslation('conditions');
  const form = formOf(test.test);
  if (form === 'none') return null;
  if (form === 'duration') return <DurationInput value={test.value} onChange={onChange} />;
  if (form === 'many')
    return (
      <MultiSelect
        size="xs"
        aria-label={t('value')}
        data={field.choices.map((each) => ({ value: each.id, label: wordsOf(each.label, i18n.language) }))}
        value={Array.isArray(test.value) ? test.value.map(String) : []}
        onChange={onChange}
      />
    );
  if (form === 'pair') {
    const [low, high] = Array.isArray(test.value) ? (test.value as unknown[]) : [];
    return (
      <>
        <One field={field} label={t('low')} value={low} onChange={(next) => onChange([next, high ?? ''])} />
        <One field={field} label={t('high')} value={high} onChange={(next) => onChange([low ?? '', next])} />
      </>
    );
  }
  return <One field={field} label={t('value')} value={test.value} onChange={onChange} />;
}
interface OneProps {
  field: Testable;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}
function One({ field, label, value, onChange }: OneProps) {
  const { i18n } = useTranslation('conditions');
  const kind = kindOf(field.type);
  if (kind === 'person') return <PersonInput label={label} value={value} onChange={onChange} />;
  if (kind === 'choice')
    return (
      <Select
        size="xs"
        aria-label={label}
        allowDeselect={false}
        data={field.choices.map((each) => ({ value: each.id, label: wordsOf(each.label, i18n.language) }))}
        value={value == null ? null : String(value)}
        onChange={onChange}
      />
    );
  if (kind === 'number')
    return (
      <NumberInput
        size="xs"
        aria-label={label}
        hideControls
        thousandSeparator={'\u202f'}
        value={value == null ? '' : Number(value)}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    );
  return (
    <TextInput
      size="xs"
      aria-label={label}
      type={kind === 'date' ? 'date' : 'text'}
      value={value == null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
function PersonInput({ label, value, onChange }: Omit<OneProps, 'field'>) {
  const { t } = useTranslation('conditions');
  const people = usePeople().data ?? [];
  const tokens = ['me', 'my_team'].map((each) => ({ value: `@${each}`, label: t(`actor.${each}`) }));
  const actor = typeof value === 'object' && value ? (value as { actor: string }).actor : null;
  return (
    <Select
      size="xs"
      aria-label={label}
      allowDeselect={false}
      searchable
      data={[...tokens, ...people.map((each) => ({ value: String(each.id), label: each.name }))]}
      value={actor ? `@${actor}` : value == null ? null : String(value)}
      onChange={(next) => next && onChange(next.startsWith('@') ? { actor: next.slice(1) } : Number(next))}
    />
  );
}
function DurationInput({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation('conditions');
  const { amount, unit } = (value ?? { amount: 15, unit: 'days' }) as { amount: number; unit: string };
  return (
    <>
      <NumberInput
        size="xs"
        w={64}
        aria-label={t('amount')}
        hideControls
        min={1}
        value={amount}
        onChange={(next) => next !== '' && onChange({ amount: Number(next), unit })}
      />
      <Select
        size="xs"
        aria-label={t('unitLabel')}
        allowDeselect={false}
        data={UNITS.map((each) => ({ value: each, label: t(`units.${each}`) }))}
        value={unit}
        onChange={(next) => next && onChange({ amount, unit: next })}
      />
    </>
  );
}
