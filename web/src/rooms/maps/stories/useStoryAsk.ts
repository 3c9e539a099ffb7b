/** What a scenario may name: its own people and records, the steps and criteria of its map, the fields of the company. */
import { useSchema, wordsOf } from '@/client/blueprint';
import type { MapDoc } from '@/client/maps';
import { testables } from '@/fields/conditions/model';
import { newFields } from '../model';
import type { Ask, Choice } from '../rules/ask';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import { namedIn, recordsOf, type Scenario } from './model';

const MEASURES = ['pick_up', 'first_response', 'next_response', 'resolution'];
const STANDINGS = ['running', 'paused', 'kept', 'broken'];
const VERBS = ['create', 'read', 'update', 'delete', 'export', 'override'];
export function useStoryAsk(map: MapDoc, scenario: Scenario): Ask {
  const { t, i18n } = useTranslation('maps');
  const schema = useSchema().data;
  const roles = useRoles(map).choices;
  const records = recordsOf(scenario);
  const objects = schema?.objects ?? [];
  const subject = objects.find((each) => each.uid === map.subject)?.name;
  const named = (each: { name: string; label: Parameters<typeof wordsOf>[0] }): Choice => ({
    value: each.name,
    label: wordsOf(each.label, i18n.language),
  });
  const brought = newFields(map);
  const fields = [
    ...brought.map((each) => ({ value: each.id, label: each.label })),
    ...(objects.find((each) => each.name === subject)?.fields ?? []).map(named),
  ];
  const criteria = map.steps.flatMap((step) => [...(step.entry ?? []), ...(step.exit ?? [])]);
  const kinds = objects.find((each) => each.uid === 'activity')?.fields.find((each) => each.name === 'kind');
  const lists: Record<string, Choice[]> = {
    who: scenario.people.map((each) => ({ value: each.id, label: each.name })),
    record: [...records].map(([value, { label }]) => ({ value, label })),
    object: objects.map(named),
    stage: map.steps.filter((each) => each.kind !== 'gateway').map((each) => ({ value: each.id, label: each.label })),
    role: roles,
    fields: [...new Map(fields.map((each) => [each.value, each])).values()],
    criteria: criteria.map((each) => ({ value: each.id, label: each.label })),
    activity: (kinds?.choices ?? []).map((each) => ({ value: each.id, label: wordsOf(each.label, i18n.language) })),
    measure: MEASURES.map((value) => ({ value, label: t(`promise.${value}`) })),
    standing: STANDINGS.map((value) => ({ value, label: t(`story.standing.${value}`) })),
    verb: VERBS.map((value) => ({ value, label: t(`story.verb.${value}`) })),
  };
  const objectOf = (of: Record<string, unknown>) =>
    (of.object as string | undefined) || records.get(String(of.record))?.object || subject || null;
  return {
    by: 'name',
    named: namedIn(scenario),
    choices: (input) => lists[input] ?? [],
    object: objectOf,
    tests: (of) => {
      const object = objectOf(of);
      const own = object === subject ? brought : [];
      const added = own.map((each) => ({ name: each.id, label: each.label, type: each.type ?? 'text', choices: [] }));
      return [...added, ...testables(schema, object, i18n.language)];
    },
    about: objectOf,
    none: () => t('rule.any'),
  };
}
