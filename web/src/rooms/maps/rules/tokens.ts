/** What stands for something in the values of a scenario: one of its records, one of its people, a moment near now. */
import type { Duration } from '@/client/maps';
import type { Choice } from './ask';

/** The records and the people that a scenario may name, by their alias. */
export interface Named {
  people: Choice[];
  records: (Choice & { object: string })[];
}
export type Near = 'in' | 'ago';
export type Token = 'person' | 'record' | 'moment';
/** What a field of a type is filled with in a scenario; null: a value typed as on any screen. */
export function tokenFor(type: string): Token | null {
  if (type === 'person') return 'person';
  if (type === 'link') return 'record';
  return type === 'date' || type === 'datetime' ? 'moment' : null;
}
/** The alias or the moment that a value holds, if it holds one. */
export const aliasOf = (value: unknown, word: 'person' | 'record'): string | null => {
  const alias = (value as Record<string, unknown> | null)?.[word];
  return typeof alias === 'string' ? alias : null;
};
export function momentOf(value: unknown): { near: Near; span: Duration } | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const near of ['in', 'ago'] as const) {
    const span = (value as Partial<Record<Near, Duration>>)[near];
    if (span) return { near, span };
  }
  return null;
}
