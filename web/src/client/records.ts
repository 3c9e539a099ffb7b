/** The shapes of records and boards, as they travel. */
import type { Condition } from './maps';
import type { Origin, Tint, Words } from './schema';

export type { Condition };
export type Values = Record<string, unknown>;
export interface Row {
  id: number;
  version: number;
  title: string | null;
  values: Values;
}
export interface RecordAnswer extends Row {
  linked: Record<
    string,
    { id: number; title: string; object: string; titles?: Record<string, string | null> } | null | undefined
  >;
  may: { update: boolean; delete: boolean; move: boolean; override: boolean; ask_deletion?: boolean };
  deleted_at: string | null;
}
export interface RowPage {
  rows: Row[];
  linked: Record<string, Record<string, string>>;
  next: string | null;
}
export interface PersonLite {
  id: number;
  name: string;
  initials: string;
  hue: number;
}
export interface Card {
  id: number;
  version: number;
  title: string;
  account: { id: number; title: string } | null;
  amount: string | null;
  currency: string | null;
  probability: number | string | null;
  close_on: string | null;
  owner: PersonLite | null;
  criteria: { done: number; total: number };
  stale_days: number | null;
  late_days: number | null;
  next_step: { label: string; on: string | null } | null;
  since: string | null;
}
export interface BoardStage {
  uid: string;
  label: Words;
  kind: string;
  probability: number | null;
  colour?: Tint | null;
  count: number;
  sum: string | null;
  weighted: string | null;
  stale: number;
  cards: Card[];
  next: string | null;
}
export interface Board {
  pipeline: string;
  object: string;
  totals: { count: number; sum: string | null; weighted: string | null; late: number; stale: number };
  stages: BoardStage[];
}
export interface StageMeasure {
  median_seconds: number | null;
  working_median_seconds: number | null;
  p90_seconds: number | null;
  blocked_share: number | null;
  waiting_cases: number | null;
  amount_waiting: string | number | null;
}
export interface MissingField {
  field: string;
  label: Words;
  type: string;
  origin: Origin | null;
}
export interface Unmet {
  id: string;
  label: Words;
  /** The fields that the criterion reads. */
  fields: string[];
  origin: Origin | null;
}
/** What the server says when a gate stays closed. */
export interface GateClosed {
  to: string;
  missing: MissingField[];
  unmet: Unmet[];
  /** What nobody agreed to yet. */
  unagreed: { id: string; label: Words; origin: Origin | null }[];
  needs_motive: boolean;
  needs_reason: boolean;
  may_override: boolean;
  blocked_by: ({ reason: string; label?: string; say?: string } | string)[];
  who: (string | { label: Words })[];
}
export interface Happening {
  id: string | number;
  at: string;
  kind: string;
  actor: PersonLite | null;
  provenance: unknown;
  say: string;
  motive: string | null;
  changes: { field: string; label: Words; before: string | null; after: string | null }[];
  /** What was said or done, when it is an activity. */
  activity: Activity | null;
}
export type ActivityKind = 'call' | 'email' | 'meeting' | 'task' | 'note';
export interface Activity {
  id: number;
  version: number;
  name: string;
  kind: ActivityKind | null;
  direction?: string | null;
  outcome?: string | null;
  due_at: string | null;
  done_at: string | null;
  body?: string | null;
  linked: Record<string, { id: number; title: string | null; object: string | null } | undefined>;
  may_update: boolean;
}
export interface Position {
  pipeline: string;
  stage: string;
  since: string | null;
  path: {
    stage: string;
    label: Words;
    entered_at: string | null;
    left_at: string | null;
    seconds: number | null;
    skipped: boolean;
  }[];
  criteria: { id: string; label: Words; met: boolean | null; origin: Origin | null }[];
  missing: MissingField[];
  next: { to: string; label: Words; back: boolean }[];
  map: string;
}
export interface Related {
  relation: string;
  /** The link by which they point here. */
  field: string;
  object: string;
  label: Words;
  count: number;
  rows: Row[];
}
