import { TextInput } from '@mantine/core';
import { day } from '@/lib/format';
import { control, type FieldKind, textOf } from './kind';

export const date: FieldKind = {
  Show: ({ value }) => (
    <time className="num" dateTime={textOf(value)}>
      {day(textOf(value))}
    </time>
  ),
  Input: (props) => (
    <TextInput
      {...control(props)}
      type="date"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  ),
};
