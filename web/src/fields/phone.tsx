import { TextInput } from '@mantine/core';
import { control, type FieldKind, textOf } from './kind';

/** +33612345678 as it is read aloud in France; other countries keep their own form. */
export function spoken(number: string): string {
  const local = /^\+33(\d)(\d{8})$/.exec(number);
  return local ? `0${local[1]}\u202f${local[2]!.replace(/(\d\d)(?=\d)/g, '$1\u202f')}` : number;
}
export const phone: FieldKind = {
  Show: ({ value }) => (
    <a className="num" href={`tel:${textOf(value).replace(/[^+\d]/g, '')}`}>
      {spoken(textOf(value))}
    </a>
  ),
  Input: (props) => (
    <TextInput
      {...control(props)}
      type="tel"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
