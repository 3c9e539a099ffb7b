import { TextInput } from '@mantine/core';
import { control, type FieldKind, textOf } from './kind';

export const email: FieldKind = {
  Show: ({ value }) => <a href={`mailto:${encodeURIComponent(textOf(value)).replace('%40', '@')}`}>{textOf(value)}</a>,
  Input: (props) => (
    <TextInput
      {...control(props)}
      type="email"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
