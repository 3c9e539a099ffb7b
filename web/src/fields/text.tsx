import { TextInput } from '@mantine/core';
import { control, type FieldKind, textOf } from './kind';

export const text: FieldKind = {
  Show: ({ value }) => <>{textOf(value)}</>,
  Input: (props) => (
    <TextInput
      {...control(props)}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
