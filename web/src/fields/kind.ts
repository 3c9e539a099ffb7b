/** What every field type must offer: how its value is shown, how it is typed. */
import type { ComponentType } from 'react';
import type { FieldShape } from '@/client/schema';

export interface ShowProps {
  field: FieldShape;
  value: unknown;
  /** Title of the record that a link points to, name of a person. */
  title?: string | null;
  /** Titles of the records of a field of several links, by id. */
  titles?: Record<string, string | null> | undefined;
}
export interface InputProps {
  field: FieldShape;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Hidden in place of a visible label when the field already stands beside its name. */
  label: string;
  bare?: boolean;
  title?: string | null;
  titles?: Record<string, string | null> | undefined;
  error?: string | null;
  required?: boolean;
  autoFocus?: boolean;
}
export interface FieldKind {
  Show: ComponentType<ShowProps>;
  Input: ComponentType<InputProps>;
  /** Numbers stand on the right of a column. */
  numeric?: boolean;
}
/** What every input hands to its control. */
export const control = ({ label, bare, error, required, autoFocus, field }: InputProps, help?: string) => ({
  name: field.name,
  size: 'sm' as const,
  error: error ?? undefined,
  required,
  withAsterisk: required,
  autoFocus,
  'data-autofocus': autoFocus || undefined,
  ...(bare ? { 'aria-label': label } : { label, description: help }),
});
export const isEmpty = (value: unknown) =>
  value == null || value === '' || (Array.isArray(value) && value.length === 0);
export const textOf = (value: unknown) => (value == null ? '' : String(value));
