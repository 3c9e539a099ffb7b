/** Which fields a table shows first, and how a record's fields are grouped. Pure. */
import { type FieldShape, type ObjectShape, type PipelineShape, say, type Words } from '@/client/schema';

const MOST = 7;
/** What the system keeps and people look for. */
const TOLD = new Set(['stage', 'status', 'net']);
const HEAVY = new Set(['long_text', 'links', 'choices']);
const HIDDEN = new Set(['pipeline', 'deleted_at', 'deleted_by', 'closed_at']);
const FIRST = [
  'account',
  'contact',
  'stage',
  'amount',
  'net',
  'probability',
  'close_on',
  'renews_on',
  'due_at',
  'status',
  'kind',
  'city',
];

/** Every field that may be a column; the title comes first and always stays. */
export function columnChoices(object: ObjectShape): FieldShape[] {
  return object.fields.filter((field) => field.name !== object.title && !HIDDEN.has(field.name));
}
/** The columns asked for, in their order, or the ones that say most: links and figures first, the owner last. */
export function shownColumns(object: ObjectShape, asked: readonly string[] | undefined): FieldShape[] {
  const known = columnChoices(object);
  if (asked) return asked.flatMap((name) => known.find((field) => field.name === name) ?? []);
  const plain = known.filter((field) => (!field.system || TOLD.has(field.name)) && !HEAVY.has(field.type));
  const rank = (field: FieldShape) => {
    const place = FIRST.indexOf(field.name);
    return field.name === 'owner' ? -0.5 : place < 0 ? FIRST.length : place;
  };
  const best = [...plain].sort((one, two) => rank(one) - rank(two)).slice(0, MOST);
  return best.sort((one, two) => (one.name === 'owner' ? 1 : two.name === 'owner' ? -1 : rank(one) - rank(two)));
}
/** The columns once one went a place earlier (-1) or later (1). */
export function moved(columns: readonly string[], name: string, by: number): string[] {
  const from = columns.indexOf(name);
  const others = columns.filter((each) => each !== name);
  return from < 0 ? [...columns] : others.toSpliced(Math.max(from + by, 0), 0, name);
}
/** The columns once one was dropped on another. */
export const dropped = (columns: readonly string[], name: string, on: string) =>
  moved(columns, name, columns.indexOf(on) - columns.indexOf(name));

/** Fields edited where they stand in a table: those that one line holds. */
export const inCell = (field: FieldShape) => field.may_write && !field.system && !HEAVY.has(field.type);

export const titleField = (object: ObjectShape) => object.fields.find((field) => field.name === object.title);

/** A header clicked: up, then down, then back to the order by default. */
export function nextSort(sort: string | undefined, field: string): string | undefined {
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? undefined : field;
}
export interface Group {
  key: string;
  label: Words | null;
  fields: FieldShape[];
}
/** The fields of a record by group, in the order of the schema; what the system keeps comes last. */
export function groupsOf(object: ObjectShape, lang: string): Group[] {
  const groups = new Map<string, Group>();
  for (const field of object.fields) {
    if (HIDDEN.has(field.name) || field.name === 'stage' || field.name === object.title) continue;
    const key = field.system ? '~system' : say(field.group, lang);
    const group = groups.get(key) ?? { key, label: field.system ? null : field.group, fields: [] };
    group.fields.push(field);
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, two) => Number(one.key === '~system') - Number(two.key === '~system'));
}
/** The label of a stage, wherever it is. */
export const stageOf = (pipelines: readonly PipelineShape[], uid: unknown) =>
  pipelines.flatMap((each) => each.stages).find((each) => each.uid === uid);
export const stageLabel = (pipelines: readonly PipelineShape[], uid: unknown): Words | null =>
  stageOf(pipelines, uid)?.label ?? null;
/** What a creation form asks first: what is required, then what people always know. */
export function creationFields(object: ObjectShape): { first: FieldShape[]; more: FieldShape[] } {
  const typed = object.fields.filter((field) => field.may_write && !field.system);
  const usual = new Set([object.title, 'first_name', 'account', 'amount', 'close_on', 'email', 'kind', 'due_at']);
  const first = typed.filter((field) => field.required || usual.has(field.name));
  return { first, more: typed.filter((field) => !first.includes(field)) };
}
/** Records about people have an address of mail and no number of a company. */
export function isPersonal({ fields }: Pick<ObjectShape, 'fields'>): boolean {
  const types = new Set(fields.map((field) => field.type));
  return types.has('email') && !types.has('siren') && !types.has('siret');
}
