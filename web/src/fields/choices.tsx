import { MultiSelect } from '@mantine/core';
import { useSay } from '@/client/schema';
import { control, type FieldKind, type InputProps, type ShowProps } from './kind';

const many = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
function Show({ field, value }: ShowProps) {
  const say = useSay();
  const labels = many(value).map((id) => say(field.choices.find((each) => each.id === id)?.label) || id);
  return <>{labels.join(', ')}</>;
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
