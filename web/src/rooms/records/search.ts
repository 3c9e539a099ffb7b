/** What the address of a screen holds, so that every view is a link. */
import type { Narrowed } from './filters';

export interface ViewSearch extends Narrowed {
  vue?: 'tableau' | undefined;
  mots?: string | undefined;
  tri?: string | undefined;
  colonnes?: string[] | undefined;
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
