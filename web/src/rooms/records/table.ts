/** What the parts of a table of records share. */
import type { ReactNode } from 'react';
import type { Row } from '@/client/records';
import type { FieldShape, ObjectShape } from '@/client/schema';
import type { Asked } from './queries';
import type { ViewSearch } from './search';

export interface TableProps {
  object: ObjectShape;
  asked: Asked & { bin?: 1 };
  search: ViewSearch;
  onChange: (next: Partial<ViewSearch>) => void;
  empty?: ReactNode;
  /** What stands at the end of each row. */
  action?: (row: Row) => ReactNode;
}
/** What every part knows of its table. */
export interface Shape {
  object: ObjectShape;
  asked: TableProps['asked'];
  shown: FieldShape[];
  action?: TableProps['action'];
  /** The title is a column among the others, edited as they are. */
  untitled?: boolean;
}
