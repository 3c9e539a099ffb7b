/** What the columns of a file can become, and what can tell that a record is already there. */
import type { ObjectShape } from '@/client/schema';
import type { Choices, Import } from './queries';

const SPECIAL = ['external_id', 'stage', 'moved_at', 'created_at'];
const KEYS = new Set(['siren', 'siret', 'email']);

export const isSpecial = (target: string) => SPECIAL.includes(target);
/** The targets that have a column, without those left out. */
export const given = (choices: Choices) => Object.values(choices.columns).filter(Boolean);

/** Keys that a file offers: what identifies, then the name itself. */
export function keysOf(one: Import, choices: Choices, object: ObjectShape): string[] {
  const named = given(choices);
  const identifying = object.fields.filter(({ type, unique }) => KEYS.has(type) || unique).map(({ name }) => name);
  const found = [...(named.includes('external_id') ? ['external_id'] : []), ...identifying];
  return [...found.filter((name) => named.includes(name)), one.title];
}
/** Choices after a column became something else: a target belongs to one column, keys need theirs. */
export function assigned(one: Import, choices: Choices, object: ObjectShape, column: string, target: string): Choices {
  const columns = Object.fromEntries(
    Object.entries(choices.columns).filter(([name, known]) => name !== column && (!target || known !== target)),
  );
  if (target) columns[column] = target;
  const next = { ...choices, columns };
  const possible = keysOf(one, next, object);
  const keys = choices.keys.filter((key) => possible.includes(key));
  const source = given(next).includes('external_id') ? choices.source || 'fichier' : choices.source;
  const make = (choices.make ?? []).filter((each) => given(next).includes(each));
  return { ...next, source, make, keys: keys.length ? keys : possible.slice(0, 1) };
}
