/** Related records as a small table: cells edited as in lists, rows unlinked, each change taken back. */
import { ActionIcon } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { http } from '@/client/http';
import type { RecordAnswer, Related, Row } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { toastProblem, toastUndo } from '@/client/toast';
import { isNumeric } from '@/fields';
import { CellsContext } from './cells';
import { titleField } from './columns';
import { useGrid } from './RecordTable';
import s from './RecordPage.module.css';
import { useRefresh } from './refresh';
import { Rows } from './TableRows';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  related: Related;
  shown: FieldShape[];
  self: number;
}
export default function RelatedTable({ object, related, shown, self }: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const { region, cells, dialog } = useGrid(object, object.may.update === true);
  const unlink = useUnlink(object, related.field, self);
  const link = object.fields.find((each) => each.name === related.field);
  const loose = object.may.update === true && link?.may_write && !link.required;
  const action = (row: Row) =>
    loose && (
      <ActionIcon size={24} aria-label={t('related.unlink', { title: row.title })} onClick={() => void unlink(row)}>
        <IconUnlink size={15} />
      </ActionIcon>
    );
  const title = titleField(object);
  return (
    <div {...region} className={s.wide} role="region" aria-label={say(object.plural)} tabIndex={0}>
      <CellsContext value={cells}>
        <table className={s.few}>
          <thead>
            <tr>
              <th scope="col">{title ? say(title.label) : say(object.label)}</th>
              {shown.map((field) => (
                <th key={field.name} scope="col" data-numeric={isNumeric(field.type) || undefined}>
                  {say(field.label)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            <Rows
              shape={{ object, asked: {}, shown, action }}
              pages={[{ rows: related.rows, linked: {}, next: null }]}
            />
          </tbody>
        </table>
      </CellsContext>
      {dialog}
    </div>
  );
}
/** Takes a record out of a list, and puts it back. */
function useUnlink(object: ObjectShape, field: string, self: number) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const address = (id: number) => `/api/records/${object.name}/${id}`;
  const store = async (id: number, version: number, value: unknown) => {
    const stored = await http.patch<RecordAnswer | null>(address(id), { version, values: { [field]: value } });
    await refresh(object.name, id);
    return stored;
  };
  const back = async (id: number, before: unknown) => {
    try {
      const { version } = await http.get<RecordAnswer>(address(id));
      await store(id, version, before);
    } catch (error) {
      toastProblem(error);
    }
  };
  return async (row: Row) => {
    const before = row.values[field];
    const without = Array.isArray(before) ? before.filter((each) => each !== self) : null;
    try {
      await store(row.id, row.version, without);
      toastUndo(t('related.unlinked', { title: row.title }), t('record.undo'), () => void back(row.id, before));
    } catch (error) {
      toastProblem(error);
    }
  };
}
