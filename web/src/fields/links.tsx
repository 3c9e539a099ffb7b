import { MultiSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { control, type FieldKind, type InputProps, type ShowProps } from './kind';
import { useFound, withChosen } from './search';
import { useTranslation } from './texts';

const many = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
function Input(props: InputProps) {
  const { t } = useTranslation('fields');
  const { setTyped, options } = useFound(props.field.to);
  const [chosen, setChosen] = useState(
    many(props.value).map((id) => ({ value: id, label: props.titles?.[id] ?? '…' })),
  );
  const data = withChosen(options, chosen);
  return (
    <MultiSelect
      {...control(props)}
      searchable
      clearable
      placeholder={t('search')}
      nothingFoundMessage={t('nothing')}
      filter={({ options: all }) => all}
      data={data}
      value={many(props.value)}
      onSearchChange={setTyped}
      onChange={(ids) => {
        setChosen(data.filter((each) => ids.includes(each.value)));
        props.onChange(ids.map(Number));
      }}
    />
  );
}
function Show({ field, value, titles = {} }: ShowProps) {
  return many(value).map((id, rank) => (
    <Fragment key={id}>
      {rank > 0 && ', '}
      {field.to ? (
        <Link to="/fiches/$object/$id" params={{ object: field.to, id }}>
          {titles[id] ?? '…'}
        </Link>
      ) : (
        (titles[id] ?? '…')
      )}
    </Fragment>
  ));
}
export const links: FieldKind = { Show, Input };
