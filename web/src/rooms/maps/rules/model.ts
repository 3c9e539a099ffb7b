/** Rules as people set them: blank words ready to be filled in, what still lacks, a rule put on its map. */
import type { Shape } from '@/client/api';
import type { Condition, Duration, MapDoc, Note } from '@/client/maps';

export type Word = Shape<'WordOut'>;
export type Filled = Record<string, unknown>;
/** What names the word: of a trigger, of an action or an act, of an expectation. */
export type Key = 'on' | 'do' | 'expect';
export interface Rule {
  trigger?: Filled | null;
  condition?: Condition | null;
  wait?: Duration | null;
  unless?: Filled[];
  actions: Filled[];
}
export interface Automatic extends Note {
  rule?: Rule | null;
}
/** What a property is before somebody fills it in. */
export function blank(key: Key, word: Word): Filled {
  const filled: Filled = { [key]: word.name };
  for (const each of word.inputs) if (each.required) filled[each.name] = each.input === 'values' ? {} : '';
  return filled;
}
const isSaid = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== '' && value != null;
/** Whether everything that a trigger or an action asks for is there. */
export function isWhole(key: Key, filled: Filled, words: readonly Word[]): boolean {
  const word = words.find((each) => each.name === filled[key]);
  return !!word && word.inputs.every((each) => !each.required || isSaid(filled[each.name]));
}
export function isRule(rule: Rule, triggers: readonly Word[], actions: readonly Word[]): boolean {
  const events = [...(rule.trigger ? [rule.trigger] : []), ...(rule.unless ?? [])];
  return (
    rule.actions.length > 0 &&
    rule.actions.every((each) => isWhole('do', each, actions)) &&
    events.every((each) => isWhole('on', each, triggers))
  );
}
/** The map with another rule on one of its notes. */
export function withRule(map: MapDoc, id: string, rule: Rule | null): MapDoc {
  const put = (notes: unknown) =>
    ((notes as Automatic[] | undefined) ?? []).map((one) => (one.id === id ? { ...one, rule } : one));
  return {
    ...map,
    steps: map.steps.map((step) => ({ ...step, automations: put(step.automations) })),
    passages: map.passages.map((way) => ({ ...way, after: put(way.after) })),
  };
}
