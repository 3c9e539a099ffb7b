/** Cells edited where they stand: one value saved with the version that was read, and taken back. */
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { createContext, useContext, useRef } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer, Row, RowPage } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { toastProblem, toastUndo } from '@/client/toast';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';
import { useMove } from './useMove';

/** So many rows down, so many columns to the right. */
export type Place = readonly [number, number];
interface Cells {
  /** Whether some rows may be changed; which ones, each row's own right says when it is saved. */
  may: boolean;
  /** The cell under edition: `id:field`. */
  editing: string | null;
  setEditing: (cell: string | null) => void;
  save: (row: Row, field: FieldShape, value: unknown) => Promise<void>;
  move: (row: Row, to: { uid: string; label: string }, from: string) => void;
  open: (id: number) => void;
}
export const CellsContext = createContext<Cells | null>(null);
export const useCellsOf = () => useContext(CellsContext)!;

interface Change {
  id: number;
  field: FieldShape;
  before: unknown;
}
export function useCells(object: ObjectShape) {
  const { t } = useTranslation('records');
  const say = useSay();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const last = useRef<Change[]>([]);
  const { start, dialog } = useMove();
  /** Shows what was stored wherever the record is listed, at once; what depends on it follows. */
  const show = (record: RecordAnswer | null, id: number) => {
    const put = (row: Row) => (record && row.id === id ? { ...row, ...pick(record) } : row);
    queries.setQueriesData<InfiniteData<RowPage>>({ queryKey: ['list', object.name] }, (known) =>
      known && 'pages' in known
        ? { ...known, pages: known.pages.map((page) => ({ ...page, rows: page.rows.map(put) })) }
        : known,
    );
    void refresh(object.name, id);
  };
  const store = async (id: number, version: number, field: FieldShape, value: unknown) => {
    const address = `/api/records/${object.name}/${id}`;
    show(await http.patch<RecordAnswer | null>(address, { version, values: { [field.name]: value } }), id);
  };
  const undo = async () => {
    const change = last.current.pop();
    if (!change) return;
    try {
      const { version } = await http.get<RecordAnswer>(`/api/records/${object.name}/${change.id}`);
      await store(change.id, version, change.field, change.before);
    } catch (error) {
      toastProblem(error);
    }
  };
  const save = async (row: Row, field: FieldShape, value: unknown) => {
    const before = row.values[field.name] ?? null;
    await store(row.id, row.version, field, value);
    last.current.push({ id: row.id, field, before });
    toastUndo(
      t('list.changed', { field: say(field.label), title: row.title ?? '' }),
      t('record.undo'),
      () => void undo(),
    );
  };
  const move: Cells['move'] = (row, to, from) =>
    start({
      object: object.name,
      id: row.id,
      version: row.version,
      title: row.title ?? `#${row.id}`,
      to: to.uid,
      toLabel: to.label,
      fromLabel: from,
      seen: row.values,
    });
  return { save, undo, move, dialog };
}
const pick = ({ version, title, values }: RecordAnswer) => ({ version, title, values });
