/** What the address of a screen holds, so that every view is a link. */
import type { Filter, Quick } from './filters';

export interface PipelineSearch {
  vue?: 'tableau';
  filtres?: Quick[];
  mots?: string;
  tri?: string;
  ouvertes?: string[];
  colonnes?: string[];
}
export interface ListSearch {
  mots?: string;
  tri?: string;
  filtres?: Quick[];
  ou?: Filter[];
  colonnes?: string[];
  corbeille?: boolean;
}
