/** One test on one field: what most criteria need. A compound condition is kept as it is. */
import { Button, Select, TextInput } from '@mantine/core';
import type { Condition } from '@/client/maps';
import s from './Maps.module.css';
import type { FieldLite } from './queries';
import { useTranslation } from './texts';

const NUMBERS = ['not_empty', 'empty', 'at_least', 'at_most', 'greater', 'less', 'equals'];
const TESTS: Record<string, string[]> = {
  number: NUMBERS,
  integer: NUMBERS,
  decimal: NUMBERS,
  money: NUMBERS,
  percent: NUMBERS,
  boolean: ['true', 'false'],
  choice: ['not_empty', 'equals', 'not_equals', 'empty'],
  date: ['not_empty', 'empty', 'before', 'after'],
  datetime: ['not_empty', 'empty'],
  text: ['not_empty', 'empty', 'contains', 'equals'],
};
const BARE = new Set(['not_empty', 'empty', 'true', 'false']);
const NUMERIC = new Set(['number', 'integer', 'decimal', 'money', 'percent']);

interface Props {
  value: Condition | null | undefined;
  fields: FieldLite[];
  onChange: (value: Condition | null) => void;
}
export function ConditionField({ value, fields, onChange }: Props) {
  const { t, i18n } = useTranslation('maps');
  if (value && typeof value.field !== 'string')
    return (
      <div className={s.row}>
        <span>{t('complex')}</span>
        <Button variant="subtle" onClick={() => onChange(null)}>
          {t('remove')}
        </Button>
      </div>
    );
  const field = fields.find((each) => each.name === value?.field);
  const test = String(value?.test ?? '');
  const known = TESTS[field?.type ?? ''] ?? ['not_empty', 'empty'];
  const label = (words: Record<string, string | null>) => words[i18n.language] ?? words.fr ?? '';
  const pick = (name: string | null) => {
    const next = fields.find((each) => each.name === name);
    onChange(next ? { field: next.name, test: (TESTS[next.type] ?? ['not_empty'])[0]! } : null);
  };
  const setValue = (text: string) =>
    onChange({ ...value, value: NUMERIC.has(field?.type ?? '') ? Number(text) : text });
  return (
    <>
      <Select
        size="xs"
        aria-label={t('check')}
        placeholder={t('noCheck')}
        searchable
        clearable
        data={fields.map((each) => ({ value: each.name, label: label(each.label) }))}
        value={field?.name ?? null}
        onChange={pick}
      />
      {field && (
        <div className={s.row}>
          <Select
            size="xs"
            aria-label={t('check')}
            allowDeselect={false}
            data={known.map((each) => ({ value: each, label: t(`test.${each}`) }))}
            value={test}
            onChange={(next) => next && onChange({ field: field.name, test: next })}
          />
          {!BARE.has(test) &&
            (field.type === 'choice' ? (
              <Select
                size="xs"
                aria-label={t('value')}
                data={field.choices.map((each) => ({ value: each.id, label: label(each.label) }))}
                value={String(value?.value ?? '')}
                onChange={(next) => next && setValue(next)}
              />
            ) : (
              <TextInput
                size="xs"
                aria-label={t('value')}
                type={field.type === 'date' ? 'date' : NUMERIC.has(field.type) ? 'number' : 'text'}
                value={String(value?.value ?? '')}
                onChange={(event) => setValue(event.currentTarget.value)}
              />
            ))}
        </div>
      )}
    </>
  );
}
