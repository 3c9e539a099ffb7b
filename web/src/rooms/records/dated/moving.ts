/** What the parts of a calendar share: whose records, by which date, and how one goes to another day. */
import { createContext, type KeyboardEvent, useContext } from 'react';
import type { Row } from '@/client/records';
import type { FieldShape, ObjectShape } from '@/client/schema';

export type ByDay = ReadonlyMap<string, Row[]>;
export interface Moving {
  object: ObjectShape;
  field: FieldShape;
  may: boolean;
  /** The record that is being moved. */
  busy: number | null;
  move: (row: Row, day: string) => Promise<void>;
  onKeyDown: (event: KeyboardEvent, row: Row) => void;
}
export const MovingContext = createContext<Moving | null>(null);
export const useMovingOf = () => useContext(MovingContext)!;
