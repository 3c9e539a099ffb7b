/** What the inputs of a word may be filled with: a rule and a scenario name different things. */
import { useSchema, wordsOf } from '@/client/blueprint';
import type { MapDoc } from '@/client/maps';
import type { Testable } from '@/fields/conditions/model';
import { newFields } from '../model';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import type { Filled } from './model';
import type { Named } from './tokens';

export interface Choice {
  value: string;
  label: string;
}
export interface Ask {
  /** How fields are named: by uid in rules, by API name in scenarios. */
  by: 'uid' | 'name';
  /** What the values of a scenario may name. */
  named?: Named;
  choices: (input: string, of: Filled) => Choice[];
  /** The object whose values are set. */
  object: (of: Filled) => string | null;
  tests: (of: Filled) => Testable[];
  /** The object that conditions speak of. */
  about: (of: Filled) => string | null;
  /** What is meant when nothing is chosen. */
  none: (input: string) => string;
}
/** From the map for its steps, passages and fields, from the company for the rest. */
export function useRuleAsk(map: MapDoc, tests: Testable[]): Ask {
  const { t, i18n } = useTranslation('maps');
  const schema = useSchema().data;
  const roles = useRoles(map).choices;
  const named = (each: { uid: string; label: Parameters<typeof wordsOf>[0] }): Choice => ({
    value: each.uid,
    label: wordsOf(each.label, i18n.language),
  });
  const stepOf = (id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
  const kinds = schema?.objects.find((each) => each.uid === 'activity')?.fields.find((each) => each.name === 'kind');
  const lists: Record<string, Choice[]> = {
    stage: map.steps.filter((each) => each.kind !== 'gateway').map((each) => ({ value: each.id, label: each.label })),
    passage: map.passages.map((each) => ({ value: each.id, label: `${stepOf(each.source)} → ${stepOf(each.target)}` })),
    role: roles,
    person: [{ value: 'owner', label: t('rule.owner') }, ...roles],
    object: (schema?.objects ?? []).map(named),
    activity: (kinds?.choices ?? []).map((each) => ({ value: each.id, label: wordsOf(each.label, i18n.language) })),
  };
  const fields = (of: Filled): Choice[] => {
    const dated = of.on === 'date_reached';
    const fits = (type: string | null | undefined) => !dated || type === 'date' || type === 'datetime';
    const known = schema?.objects.find((each) => each.uid === map.subject)?.fields ?? [];
    const brought = newFields(map).filter((each) => fits(each.type));
    const all = [
      ...brought.map((each) => ({ value: each.id, label: each.label })),
      ...known.filter((each) => fits(each.type)).map(named),
    ];
    return [...new Map(all.map((each) => [each.value, each])).values()];
  };
  const own = schema?.objects.find((each) => each.uid === map.subject)?.fields ?? [];
  const objectOf = (of: Filled) => schema?.objects.find((each) => each.uid === of.object);
  const addresses = [
    ...own.filter((each) => each.type === 'email').map((each) => ({ ...named(each), value: each.name })),
    ...own
      .filter((each) => each.type === 'link')
      .flatMap((link) =>
        (schema?.objects.find((each) => [each.uid, each.name].includes(link.to ?? ''))?.fields ?? [])
          .filter((each) => each.type === 'email')
          .map((each) => ({
            value: `${link.name}.${each.name}`,
            label: `${named(link).label} · ${named(each).label}`,
          })),
      ),
  ];
  const subject = schema?.objects.find((each) => each.uid === map.subject);
  const choices = (input: string, of: Filled): Choice[] => {
    if (input === 'field' || input === 'fields') return fields(of);
    if (input === 'address') return addresses;
    const theirs = objectOf(of)?.fields.filter((each) => !each.system) ?? [];
    if (input === 'theirs') return theirs.map(named);
    if (input === 'link')
      return theirs.filter((each) => [subject?.uid, subject?.name].includes(each.to ?? '')).map(named);
    return lists[input] ?? [];
  };
  return {
    by: 'uid',
    choices,
    object: (of) => (of.object as string | undefined) || map.subject,
    tests: () => tests,
    about: () => map.subject,
    none: (input) => t(input === 'stage' || input === 'passage' ? 'rule.here' : 'rule.any'),
  };
}
