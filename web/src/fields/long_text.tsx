import { Textarea } from '@mantine/core';
import s from './Fields.module.css';
import { control, type FieldKind, textOf } from './kind';

export const long_text: FieldKind = {
  Show: ({ value }) => <span className={s.long}>{textOf(value)}</span>,
  Input: (props) => (
    <Textarea
      {...control(props)}
      autosize
      minRows={3}
      maxRows={12}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
