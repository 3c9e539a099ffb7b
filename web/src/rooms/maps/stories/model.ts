/** Scenarios as people write them: who, what is there, acts in turn and what must then be true; the step each act is at. */
import type { MapDoc } from '@/client/maps';
import { idFrom } from '../model';
import type { Filled } from '../rules/model';
import type { Named } from '../rules/tokens';

export interface Person {
  id: string;
  role: string;
  name: string;
  team?: string;
}
export interface Given {
  id: string;
  object: string;
  values: Filled;
  stage?: string | null;
  owner?: string | null;
}
export interface Moment {
  act: Filled;
  then: Filled[];
}
export interface Scenario {
  id: string;
  title: string;
  kind: 'use_case' | 'training';
  today: string;
  tomorrow: string;
  people: Person[];
  given: Given[];
  moments: Moment[];
}
export const scenariosOf = (map: MapDoc) => (map.scenarios as Scenario[] | undefined) ?? [];

export function putScenario(map: MapDoc, scenario: Scenario): MapDoc {
  const known = scenariosOf(map);
  const there = known.some((each) => each.id === scenario.id);
  return {
    ...map,
    scenarios: there ? known.map((each) => (each.id === scenario.id ? scenario : each)) : [...known, scenario],
  };
}
export const dropScenario = (map: MapDoc, id: string): MapDoc => ({
  ...map,
  scenarios: scenariosOf(map).filter((each) => each.id !== id),
});
/** A scenario to begin with: one person who creates the record that travels, which then stands at the beginning. */
export function newScenario(map: MapDoc, object: string, title: string, who: string): Scenario {
  const begins = map.steps.find((each) => each.begins) ?? map.steps[0];
  const role = map.lanes.find((each) => each.id === begins?.lane)?.role ?? 'sales';
  const taken = scenariosOf(map).map((each) => each.id);
  const create = { do: 'create', by: 'personne', record: 'fiche', object, values: { name: title } };
  const there = begins ? [{ expect: 'stage', record: 'fiche', stage: begins.id }] : [];
  return {
    id: idFrom(`sc ${title}`, taken),
    title,
    kind: 'use_case',
    today: '',
    tomorrow: '',
    people: [{ id: 'personne', role, name: who }],
    given: [],
    moments: [{ act: create, then: there }],
  };
}
/** The records of a scenario, by the alias that it gives them, with their object. */
export function recordsOf(scenario: Scenario): Map<string, { object: string; label: string }> {
  const found = new Map<string, { object: string; label: string }>();
  const note = (id: string, object: string, values: Filled | undefined) =>
    found.set(id, { object, label: String(values?.name || id) });
  for (const each of scenario.given) note(each.id, each.object, each.values);
  for (const { act } of scenario.moments)
    if (act.do === 'create') note(String(act.record), String(act.object), act.values as Filled);
  return found;
}
/** What the values of a scenario may name: its people, its records. */
export const namedIn = (scenario: Scenario): Named => ({
  people: scenario.people.map((each) => ({ value: each.id, label: each.name })),
  records: [...recordsOf(scenario)].map(([value, each]) => ({ value, ...each })),
});
/** The step where each act happens, as it is written: where its record stands, or where it is taken. */
export function stepsOf(scenario: Scenario, map: MapDoc, subject: string): (string | null)[] {
  const begins = map.steps.find((each) => each.begins)?.id ?? null;
  const at = new Map<string, string | null>();
  for (const each of scenario.given) if (each.object === subject) at.set(each.id, each.stage ?? begins);
  let last: string | null = null;
  return scenario.moments.map(({ act, then }) => {
    const record = String(act.record ?? '');
    if (act.do === 'create' && act.object === subject) at.set(record, begins);
    const refused = then.some((each) => each.expect === 'refused');
    if (act.do === 'move' && !refused) at.set(record, String(act.to));
    last = (at.has(record) ? at.get(record) : null) ?? last;
    return last;
  });
}
