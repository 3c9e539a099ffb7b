import { Loader, Select } from '@mantine/core';
import { Link as RouterLink } from '@tanstack/react-router';
import { useState } from 'react';
import { control, type FieldKind, type InputProps, type ShowProps, textOf } from './kind';
import { useFound, withChosen } from './search';
import { useTranslation } from './texts';

function Show({ field, value, title }: ShowProps) {
  const label = title || `#${textOf(value)}`;
  if (!field.to) return <>{label}</>;
  return (
    <RouterLink to="/fiches/$object/$id" params={{ object: field.to, id: textOf(value) }}>
      {label}
    </RouterLink>
  );
}
function Input(props: InputProps) {
  const { t } = useTranslation('fields');
  const { typed, setTyped, options, isPending } = useFound(props.field.to);
  const [chosen, setChosen] = useState(
    props.value ? { value: textOf(props.value), label: props.title || `#${textOf(props.value)}` } : null,
  );
  return (
    <Select
      {...control(props)}
      searchable
      clearable={!props.required}
      placeholder={t('search')}
      nothingFoundMessage={isPending ? t('searching') : t('nothing')}
      rightSection={isPending && typed ? <Loader size={14} /> : undefined}
      filter={({ options: all }) => all}
      data={withChosen(options, chosen ? [chosen] : [])}
      value={chosen?.value ?? null}
      onSearchChange={(words) => setTyped(words === chosen?.label ? '' : words)}
      onChange={(id, option) => {
        setChosen(id ? { value: id, label: option.label } : null);
        props.onChange(id ? Number(id) : null);
      }}
    />
  );
}
export const link: FieldKind = { Show, Input };
