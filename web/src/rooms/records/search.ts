/** What the address of a screen holds, so that every view is a link. */
import type { Narrowed } from './filters';
import type { Measures } from './measures';

export interface ViewSearch extends Narrowed {
  vue?: 'tableau' | undefined;
  mots?: string | undefined;
  tri?: string | undefined;
  colonnes?: string[] | undefined;
  /** The widths of columns that were pulled, in pixels. */
  largeurs?: Record<string, number> | undefined;
  /** What the foot of a column says. */
  mesures?: Measures | undefined;
  /** The field whose values the table is grouped by. */
  groupe?: string | undefined;
  /** The saved view that was opened. */
  enregistree?: number | undefined;
}
export interface PipelineSearch extends ViewSearch {
  ouvertes?: string[] | undefined;
}
export interface ListSearch extends ViewSearch {
  corbeille?: boolean | undefined;
}
