import { Select } from '@mantine/core';
import { usePeople } from '@/client/people';
import { Monogram } from '@/design/ui';
import { hueOf } from '@/lib/format';
import s from './Fields.module.css';
import { control, type FieldKind, type InputProps, type ShowProps, textOf } from './kind';
import { useTranslation } from './texts';

function Show({ value, title }: ShowProps) {
  const person = usePeople().data?.find((each) => each.id === value);
  const name = person?.name ?? title ?? `#${textOf(value)}`;
  return (
    <span className={s.person}>
      <Monogram name={name} hue={person?.hue ?? hueOf(name)} size={18} round />
      {name}
    </span>
  );
}
function Input(props: InputProps) {
  const { t } = useTranslation('fields');
  const people = usePeople().data ?? [];
  return (
    <Select
      {...control(props)}
      searchable
      clearable={!props.required}
      nothingFoundMessage={t('nothing')}
      data={people.map((each) => ({ value: String(each.id), label: each.name }))}
      value={textOf(props.value) || null}
      onChange={(id) => props.onChange(id ? Number(id) : null)}
    />
  );
}
export const person: FieldKind = { Show, Input };
