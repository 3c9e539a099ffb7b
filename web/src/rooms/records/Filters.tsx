/** Simple filters of a list: a field, a test, a value. */
import { ActionIcon, Button, Group, NumberInput, Select } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { type ObjectShape, useSay } from '@/client/schema';
import { FieldInput } from '@/fields';
import { columnChoices, titleField } from './columns';
import { type Filter, firstFilter, operandOf, testsOf } from './filters';
import s from './Records.module.css';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  filters: Filter[];
  onChange: (filters: Filter[]) => void;
}
const choices = (object: ObjectShape) => {
  const title = titleField(object);
  return [...(title ? [title] : []), ...columnChoices(object).filter((field) => field.name !== 'stage')];
};
export function AddFilter({ object, filters, onChange }: Props) {
  const { t } = useTranslation('records');
  const first = choices(object)[0];
  if (!first) return null;
  return (
    <Button
      variant="subtle"
      color="gray"
      c="var(--pt-text-2)"
      leftSection={<IconFilter size={14} />}
      onClick={() => onChange([...filters, firstFilter(first)])}
    >
      {t('filter.add')}
    </Button>
  );
}
export function Filters({ object, filters, onChange }: Props) {
  if (!filters.length) return null;
  const put = (index: number, filter: Filter) => onChange(filters.map((each, i) => (i === index ? filter : each)));
  return (
    <div className={s.filters}>
      {filters.map((filter, index) => (
        <One
          key={index}
          object={object}
          filter={filter}
          onChange={(next) => put(index, next)}
          onRemove={() => onChange(filters.filter((_, i) => i !== index))}
        />
      ))}
    </div>
  );
}
interface OneProps {
  object: ObjectShape;
  filter: Filter;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}
function One({ object, filter, onChange, onRemove }: OneProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const fields = choices(object);
  const field = fields.find((each) => each.name === filter.field);
  if (!field) return null;
  return (
    <Group gap={4} wrap="nowrap" className={s.filter}>
      <Select
        size="xs"
        w={150}
        aria-label={t('filter.field')}
        searchable
        allowDeselect={false}
        data={fields.map((each) => ({ value: each.name, label: say(each.label) }))}
        value={field.name}
        onChange={(name) => {
          const next = fields.find((each) => each.name === name);
          if (next) onChange(firstFilter(next));
        }}
      />
      <Select
        size="xs"
        w={140}
        aria-label={t('filter.test')}
        allowDeselect={false}
        data={testsOf(field.type).map((test) => ({ value: test, label: t(`test.${test}`) }))}
        value={filter.test}
        onChange={(test) => test && onChange(firstFilter(field, test))}
      />
      <Operand field={field} filter={filter} onChange={onChange} />
      <ActionIcon aria-label={t('filter.remove')} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </Group>
  );
}
function Operand({
  field,
  filter,
  onChange,
}: Pick<OneProps, 'filter' | 'onChange'> & { field: ObjectShape['fields'][number] }) {
  const { t } = useTranslation('records');
  const operand = operandOf(filter.test);
  if (operand === 'none') return null;
  if (operand === 'duration') {
    const amount = (filter.value as { amount?: number } | undefined)?.amount ?? 0;
    return (
      <NumberInput
        size="xs"
        w={96}
        min={0}
        allowDecimal={false}
        suffix={` ${t('filter.days')}`}
        aria-label={t('filter.value')}
        value={amount}
        onChange={(next) => onChange({ ...filter, value: { amount: Number(next) || 0, unit: 'days' } })}
      />
    );
  }
  return (
    <FieldInput
      key={`${field.name}.${filter.test}`}
      bare
      field={field}
      label={t('filter.value')}
      value={filter.test.startsWith('has_') ? (filter.value ?? []) : (filter.value ?? null)}
      onChange={(value) => onChange({ ...filter, value })}
    />
  );
}
