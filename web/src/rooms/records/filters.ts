/** Filters as conditions of the one language: the quick ones, the facets, what was built by hand. Pure. */
import type { Condition } from '@/client/maps';
import { type FieldShape, isFinal, type ObjectShape, type PipelineShape, say, type Schema } from '@/client/schema';
import type { Schema as Built } from '@/client/blueprint';
import { isComplete, type Testable, testables } from '@/fields/conditions/model';

export const QUICK = ['late', 'stale', 'soon', 'renewing', 'noticed', 'mine'] as const;
export type Quick = (typeof QUICK)[number];
export const SOON_DAYS = 15;
export const RENEWING_DAYS = 90;
/** The longest notice that the filter tells apart: a longer one counts as this one. */
const NOTICES = Array.from({ length: 12 }, (_, rank) => rank + 1);
/** Fields by whose values one narrows a list in a click, when they may be read. */
export const FACETS = ['territory', 'segment', 'product', 'priority', 'kind', 'status', 'severity', 'source'];
export type Facets = Record<string, (string | number)[]>;
/** What a list is narrowed by: its address holds it. */
export interface Narrowed {
  filtres?: Quick[] | undefined;
  facettes?: Facets | undefined;
  si?: Condition | undefined;
}
/** What the controls that narrow a list are given. */
export interface NarrowProps {
  object: ObjectShape;
  search: Narrowed;
  onChange: (next: Narrowed) => void;
}
const NEEDS: Record<Quick, string[]> = {
  late: ['close_on', 'closed_at'],
  stale: ['stage', 'stage_since', 'closed_at'],
  soon: ['close_on', 'closed_at'],
  renewing: ['renews_on', 'closed_at'],
  noticed: ['renews_on', 'notice_months', 'tacit', 'closed_at'],
  mine: ['owner'],
};
const OPEN: Condition = { field: 'closed_at', test: 'empty' };
const days = (amount: number) => ({ amount, unit: 'days' });
const within = (field: string, amount: number, unit = 'days'): Condition => ({
  field,
  test: 'within_next',
  value: { amount, unit },
});
type Known = Pick<ObjectShape, 'name' | 'fields'>;
const has = (object: Pick<ObjectShape, 'fields'>, name: string) => object.fields.some((field) => field.name === name);

/** The quick filters that make sense for an object: their fields exist and may be read. */
export const quickFilters = (object: Pick<ObjectShape, 'fields'>): Quick[] =>
  QUICK.filter((name) => NEEDS[name].every((field) => has(object, field)));
export const facetsOf = (object: Pick<ObjectShape, 'fields'>): FieldShape[] =>
  FACETS.flatMap((name) => object.fields.find((field) => field.name === name) ?? []).slice(0, 4);

/** Neither a move nor an activity for longer than the stage allows, stage by stage: as boards count them. */
function stale(object: Known, pipelines: readonly PipelineShape[]): Condition {
  const stages = pipelines.filter((each) => each.object === object.name).flatMap((each) => each.stages);
  const resting = stages
    .filter((stage) => !isFinal(stage.kind))
    .map(({ uid, idle }): Condition => {
      const long = { test: 'older_than', value: idle };
      const silent: Condition[] = has(object, 'last_activity_at')
        ? [
            {
              any: [
                { field: 'last_activity_at', test: 'empty' },
                { field: 'last_activity_at', ...long },
              ],
            },
          ]
        : [];
      return { all: [{ field: 'stage', test: 'equals', value: uid }, { field: 'stage_since', ...long }, ...silent] };
    });
  return { all: [OPEN, { any: resting }] };
}
const DUE: Record<'late' | 'soon' | 'renewing', Condition> = {
  late: { field: 'close_on', test: 'older_than', value: days(0) },
  soon: within('close_on', SOON_DAYS),
  renewing: within('renews_on', RENEWING_DAYS),
};
/** What renews by itself, and whose last day to say no is today or gone: notice by notice, as it differs by record. */
function noticed(): Condition {
  const reached = NOTICES.map((months): Condition => {
    const notice: Condition = { field: 'notice_months', test: 'at_least', value: months };
    return { all: [notice, within('renews_on', months, 'months')] };
  });
  return { all: [OPEN, { field: 'tacit', test: 'true' }, { any: reached }] };
}
export function quickCondition(name: Quick, object: Known, pipelines: readonly PipelineShape[]): Condition {
  if (name === 'stale') return stale(object, pipelines);
  if (name === 'noticed') return noticed();
  if (name === 'mine') return { field: 'owner', test: 'equals', value: { actor: 'me' } };
  return { all: [OPEN, DUE[name]] };
}
/** Every filter at once, and `more`; nothing when there is none. What is not built to the end does not count yet. */
export function conditionOf(
  { filtres = [], facettes = {}, si }: Narrowed,
  object: Known,
  pipelines: readonly PipelineShape[],
  more: readonly Condition[] = [],
): Condition | null {
  const all: Condition[] = [
    ...filtres.map((name) => quickCondition(name, object, pipelines)),
    ...Object.entries(facettes).map(([field, value]) => ({ field, test: 'in', value })),
    ...(si && isComplete(si) ? [si] : []),
    ...more,
  ];
  if (all.length === 0) return null;
  return all.length === 1 ? all[0]! : { all };
}
export const asText = (condition: Condition | null) => (condition ? JSON.stringify(condition) : null);

const UNSEEN = new Set(['pipeline', 'deleted_at', 'deleted_by']);
/** The fields that a list may be filtered by; stages by their names. */
export function filterFields(schema: Schema, object: ObjectShape, lang: string): Testable[] {
  const stages = schema.pipelines.filter((each) => each.object === object.name).flatMap((each) => each.stages);
  const choices = stages.map(({ uid, label }) => ({ id: uid, label: { fr: say(label, lang), en: say(label, lang) } }));
  return testables(schema as unknown as Built, object.name, lang)
    .filter(({ name }) => !UNSEEN.has(name))
    .map((field) => (field.name === 'stage' ? { ...field, type: 'choice', choices } : field));
}
