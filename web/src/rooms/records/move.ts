/** A record on its way from a stage to another. */
import type { Values } from '@/client/records';

export interface Move {
  object: string;
  id: number;
  version: number;
  title: string;
  to: string;
  /** Labels of where it goes and of where it stood. */
  toLabel: string;
  fromLabel: string;
}
export interface Extra {
  values?: Values;
  motive?: string;
  override?: boolean;
}
