/** What the CRM is made of today: objects, fields, pipelines, as far as the person may read them. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Shape } from './api';
import { http } from './http';
import type { Verb } from './session';

export type Words = string | Record<string, string | null | undefined>;
/** A colour that people gave to a stage or a choice. */
export type Tint = NonNullable<Shape<'HeldOut'>['colour']>;
export interface Origin {
  map: string;
  element: string;
}
export interface FieldShape {
  uid: string;
  name: string;
  label: Words;
  type: string;
  group: Words | null;
  help: Words | null;
  required: boolean;
  unique: boolean;
  system: boolean;
  choices: { id: string; label: Words; colour?: Tint | null }[];
  currency: string | null;
  decimals: number | null;
  to: string | null;
  may_write: boolean;
  origin: Origin | null;
}
export interface ObjectShape {
  uid: string;
  name: string;
  label: Words;
  plural: Words;
  icon: string;
  title: string;
  may: Partial<Record<Verb, boolean>>;
  fields: FieldShape[];
}
export interface StageShape {
  uid: string;
  label: Words;
  kind: string;
  probability: number | null;
  colour?: Tint | null;
  begins: boolean;
  delay: { amount: number; unit: string } | null;
  /** How long a record may rest here before it is said to. */
  idle: { amount: number; unit: string };
  required: string[];
  entry: { id: string; label: Words }[];
  exit: { id: string; label: Words }[];
  origin: Origin | null;
}
export interface PipelineShape {
  uid: string;
  object: string;
  label: Words;
  map: string;
  stages: StageShape[];
  transitions: { uid: string; source: string; target: string; label: Words | null }[];
}
export interface Schema {
  version: number;
  objects: ObjectShape[];
  pipelines: PipelineShape[];
  roles: { uid: string; label: Words }[];
  /** Whether a board of measures opens to the person. */
  boards: boolean;
}
export const useSchemaQuery = (enabled = true) =>
  useQuery({
    queryKey: ['schema'],
    enabled,
    staleTime: 60_000,
    queryFn: ({ signal }) => http.get<Schema>('/api/schema', {}, signal),
  });

/** Label of a part of the blueprint, in the language of the screen. */
export const say = (words: Words | null | undefined, lang: string): string =>
  typeof words === 'string' ? words : words?.[lang] || words?.fr || '';
export function useSay() {
  const { i18n } = useTranslation();
  return (words: Words | null | undefined) => say(words, i18n.language);
}
export const isFinal = (kind: string) => kind === 'won' || kind === 'lost' || kind === 'closed';
