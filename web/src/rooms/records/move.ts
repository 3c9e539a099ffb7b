/** A record on its way from a stage to another. */
import type { Values } from '@/client/records';

export interface Move {
  object: string;
  id: number;
  version: number;
  title: string;
  to: string;
  /** Labels of where it goes and of where it stood. */
  toLabel: string;
  fromLabel: string;
  /** Values that were on screen when it was moved. */
  seen: Values;
}
export interface Extra {
  values?: Values;
  motive?: string;
  override?: boolean;
}
/** A value as one had it and as it is now. */
export interface Both {
  mine: unknown;
  theirs: unknown;
}
/** The values seen that are no longer what is stored; what both lack is no difference. */
export function differences(seen: Values, stored: Values): Record<string, Both> {
  const told = Object.keys(seen).filter((name) => name in stored && name !== 'updated_at');
  const changed = told.filter((name) => JSON.stringify(seen[name] ?? null) !== JSON.stringify(stored[name] ?? null));
  return Object.fromEntries(changed.map((name) => [name, { mine: seen[name], theirs: stored[name] }]));
}
