import { TextInput } from '@mantine/core';
import { control, type FieldKind, textOf } from './kind';

/** An address that may be followed; anything but the web is shown as text. */
export function safe(address: string): string | null {
  try {
    const url = new URL(/^[a-z]+:/i.test(address) ? address : `https://${address}`);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
export const url: FieldKind = {
  Show: ({ value }) => {
    const href = safe(textOf(value));
    if (!href) return <>{textOf(value)}</>;
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {textOf(value).replace(/^https?:\/\//, '')}
      </a>
    );
  },
  Input: (props) => (
    <TextInput
      {...control(props)}
      inputMode="url"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
};
