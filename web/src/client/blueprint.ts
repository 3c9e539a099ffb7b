/** What is built, as this person may see it: objects, fields, pipelines. */
import { useQuery } from '@tanstack/react-query';
import { http } from './http';
import type { Duration } from './maps';
import type { Verb } from './session';

export type Words = Record<string, string | null>;
/** The words of a label in the language of the screen. */
export const wordsOf = (words: Words, lang: string): string => words[lang] ?? words.fr ?? words.en ?? '';

export interface Origin {
  map: string;
  element: string;
}
export interface SchemaChoice {
  id: string;
  label: Words;
}
export interface SchemaField {
  uid: string;
  name: string;
  label: Words;
  type: string;
  group: string | null;
  help: Words | string | null;
  required: boolean;
  unique: boolean;
  system: boolean;
  choices: SchemaChoice[];
  currency: string | null;
  decimals: number | null;
  to: string | null;
  may_write: boolean;
  origin: Origin | null;
}
export interface SchemaObject {
  uid: string;
  name: string;
  label: Words;
  plural: Words;
  icon: string;
  title: string;
  may: Partial<Record<Verb, boolean>>;
  fields: SchemaField[];
}
export interface SchemaStage {
  uid: string;
  label: Words;
  kind: string;
  probability: number | null;
  begins: boolean;
  delay: Duration | null;
  required: string[];
  entry: { id: string; label: Words }[];
  exit: { id: string; label: Words }[];
  origin: Origin | null;
}
export interface SchemaPipeline {
  uid: string;
  object: string;
  label: Words;
  map: string;
  stages: SchemaStage[];
  transitions: { uid: string; source: string; target: string; label: Words }[];
}
export interface Schema {
  version: number;
  objects: SchemaObject[];
  pipelines: SchemaPipeline[];
  roles: { uid: string; label: Words }[];
}
export const useSchema = () =>
  useQuery({ queryKey: ['schema'], staleTime: 60_000, queryFn: () => http.get<Schema>('/api/schema') });
