import { Select } from '@mantine/core';
import { useSay } from '@/client/schema';
import { Tinted } from './Tinted';
import { control, type FieldKind, type InputProps, type ShowProps, textOf } from './kind';

function Show({ field, value }: ShowProps) {
  const say = useSay();
  const chosen = field.choices.find((each) => each.id === value);
  return <Tinted colour={chosen?.colour}>{say(chosen?.label) || textOf(value)}</Tinted>;
}
function Input(props: InputProps) {
  const say = useSay();
  return (
    <Select
      {...control(props)}
      clearable={!props.required}
      searchable={props.field.choices.length > 8}
      data={props.field.choices.map((each) => ({ value: each.id, label: say(each.label) }))}
      value={textOf(props.value) || null}
      onChange={props.onChange}
    />
  );
}
export const choice: FieldKind = { Show, Input };
