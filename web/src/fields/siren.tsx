import { TextInput } from '@mantine/core';
import { control, type FieldKind, textOf } from './kind';

/** 552 081 317 */
export const inThrees = (digits: string) => digits.replace(/(\d{3})(?=\d)/g, '$1\u202f');

export const siren: FieldKind = {
  Show: ({ value }) => <span className="num">{inThrees(textOf(value))}</span>,
  Input: (props) => (
    <TextInput
      {...control(props)}
      inputMode="numeric"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
