/** What a board is narrowed by, and what a figure says beside its value. Pure. */
import type { Shape } from '@/client/api';
import type { Condition } from '@/client/maps';
import type { FieldShape, ObjectShape } from '@/client/schema';

export type BoardRef = Shape<'BoardRef'>;
export type Board = Shape<'BoardOut'>;
export type Figure = Shape<'FigureOut'>;
export interface BoardSearch {
  tableau?: string | undefined;
  /** Whose records: mine, my team’s, or those of a person. */
  qui?: 'moi' | 'equipe' | number | undefined;
  facettes?: Record<string, string> | undefined;
}
/** Fields by which a whole board is narrowed, where its records have them. */
const FACETS = ['segment', 'territory', 'source', 'severity'];
const MOST = 3;
export const facetsOf = (object: Pick<ObjectShape, 'fields'> | undefined): FieldShape[] =>
  FACETS.flatMap((name) => object?.fields.find((field) => field.name === name) ?? []).slice(0, MOST);
export const hasOwner = (object: Pick<ObjectShape, 'fields'> | undefined) =>
  object?.fields.some((field) => field.name === 'owner') ?? false;

const TOKENS = { moi: 'me', equipe: 'my_team' } as const;
/** The one filter of a board as a condition; null when it is narrowed by nothing that its records have. */
export function conditionOf(
  { qui, facettes = {} }: BoardSearch,
  object?: Pick<ObjectShape, 'fields'>,
): Condition | null {
  const known = new Set(facetsOf(object).map((field) => field.name));
  const all: Condition[] = Object.entries(facettes)
    .filter(([field]) => known.has(field))
    .map(([field, value]) => ({ field, test: 'equals', value }));
  if (qui && hasOwner(object)) {
    const value = typeof qui === 'number' ? qui : { actor: TOKENS[qui] };
    all.unshift({ field: 'owner', test: 'equals', value });
  }
  if (!all.length) return null;
  return all.length === 1 ? all[0]! : { all };
}
export interface Trend {
  /** By how much, as a share of what it was; of a share, in points; null when it was nothing. */
  change: number | null;
  tone: 'green' | 'red' | 'neutral';
}
/** How a figure stands against the period before; null when nobody can say. */
export function trendOf({ value, before, unit, better }: Figure): Trend | null {
  if (value === null || before === null) return null;
  const [now, was] = [Number(value), Number(before)];
  if (now === was) return { change: 0, tone: 'neutral' };
  const change = unit === 'percent' ? now - was : was ? (now - was) / Math.abs(was) : null;
  return { change, tone: now > was === (better === 'higher') ? 'green' : 'red' };
}
/** The boards in the order they are offered: those of one’s roles, then the others. */
export const grouped = (boards: readonly BoardRef[]) =>
  [boards.filter(({ mine }) => mine), boards.filter(({ mine }) => !mine)] as const;
