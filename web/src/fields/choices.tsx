import { MultiSelect } from '@mantine/core';
import { Fragment } from 'react';
import { useSay } from '@/client/schema';
import { Tinted } from './Tinted';
import { control, type FieldKind, type InputProps, type ShowProps } from './kind';

const many = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
function Show({ field, value }: ShowProps) {
  const say = useSay();
  return many(value).map((id, index) => {
    const chosen = field.choices.find((each) => each.id === id);
    return (
      <Fragment key={id}>
        {index > 0 && ', '}
        <Tinted colour={chosen?.colour}>{say(chosen?.label) || id}</Tinted>
      </Fragment>
    );
  });
}
function Input(props: InputProps) {
  const say = useSay();
  return (
    <MultiSelect
      {...control(props)}
      clearable
      data={props.field.choices.map((each) => ({ value: each.id, label: say(each.label) }))}
      value={many(props.value)}
      onChange={props.onChange}
    />
  );
}
export const choices: FieldKind = { Show, Input };
