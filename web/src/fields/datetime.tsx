import { TextInput } from '@mantine/core';
import { dayTime } from '@/lib/format';
import { control, type FieldKind, textOf } from './kind';

const two = (number: number) => String(number).padStart(2, '0');
/** A moment as the clock on the wall shows it here. */
export function toLocal(iso: unknown): string {
  const at = iso ? new Date(textOf(iso)) : null;
  if (!at || Number.isNaN(+at)) return '';
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
export const fromLocal = (local: string): string | null => (local ? new Date(local).toISOString() : null);

export const datetime: FieldKind = {
  Show: ({ value }) => (
    <time className="num" dateTime={textOf(value)}>
      {dayTime(textOf(value))}
    </time>
  ),
  Input: (props) => (
    <TextInput
      {...control(props)}
      type="datetime-local"
      value={toLocal(props.value)}
      onChange={(event) => props.onChange(fromLocal(event.currentTarget.value))}
    />
  ),
};
