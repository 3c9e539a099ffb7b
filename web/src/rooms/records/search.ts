/** What the address of a screen holds, so that every view is a link. */
import type { Narrowed } from './filters';
import type { Measures } from './measures';

export type Zoom = 'semaine' | 'mois' | 'trimestre';
export interface ViewSearch extends Narrowed {
  /** How it is seen: in a list, the table is the usual way. */
  vue?: 'tableau' | 'calendrier' | 'chronologie' | undefined;
  mots?: string | undefined;
  tri?: string | undefined;
  colonnes?: string[] | undefined;
  /** The widths of columns that were pulled, in pixels. */
  largeurs?: Record<string, number> | undefined;
  /** What the foot of a column says. */
  mesures?: Measures | undefined;
  /** The field whose values the table is grouped by. */
  groupe?: string | undefined;
  /** The date that places records on a calendar. */
  date?: string | undefined;
  /** The dates that bars of a timeline go from and to; an empty end means points. */
  debut?: string | undefined;
  fin?: string | undefined;
  /** How much a timeline shows at once. */
  pas?: Zoom | undefined;
  /** The day around which a calendar or a timeline is open; no view keeps it. */
  jour?: string | undefined;
  /** The saved view that was opened. */
  enregistree?: number | undefined;
}
export interface PipelineSearch extends ViewSearch {
  ouvertes?: string[] | undefined;
}
export interface ListSearch extends ViewSearch {
  corbeille?: boolean | undefined;
}
