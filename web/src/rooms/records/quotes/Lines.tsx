/** The lines of a quote, edited where they stand while it is a draft: the keyboard is that of the lists. */
import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer, Row, Values } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { toastProblem, toastUndo } from '@/client/toast';
import { FieldInput, isNumeric } from '@/fields';
import { CellsContext } from '../cells';
import r from '../RecordPage.module.css';
import { useGrid } from '../RecordTable';
import { useRefresh } from '../refresh';
import { Rows } from '../TableRows';
import { useTranslation } from '../texts';
import { Grip } from './Grip';
import { type Sheet, useArrange } from './quote';
import s from './Quotes.module.css';

const COLUMNS = ['name', 'quantity', 'unit_price', 'discount', 'vat_rate', 'total'];

export function Lines({ sheet }: { sheet: Sheet }) {
  const object = useSchemaQuery().data?.objects.find((each) => each.uid === 'quote_line');
  return object ? <Table object={object} sheet={sheet} /> : null;
}
function Table({ object, sheet }: { object: ObjectShape; sheet: Sheet }) {
  const { t } = useTranslation('quotes');
  const say = useSay();
  const may = sheet.may.edit && object.may.update === true;
  const { region, cells, dialog } = useGrid(object, may);
  const { add, remove } = useLines(object, sheet.quote.id);
  /** What one types next of a new line: how many of the product, else what it is. */
  const addAndEdit = async (values: Values) => {
    const made = await add(values);
    if (made) cells.setEditing(`${made.id}:${values.product == null ? 'name' : 'quantity'}`);
  };
  const shown = COLUMNS.flatMap((uid) => object.fields.filter((each) => each.uid === uid));
  const { rows, linked } = sheet.lines;
  const arrange = useArrange(object, sheet);
  const action = (row: Row) =>
    may && (
      <span className={s.acts}>
        {rows.length > 1 && <Grip row={row} rows={rows} onOrder={(order) => arrange(order, row)} />}
        <ActionIcon size={24} aria-label={t('remove', { name: row.title })} onClick={() => void remove(row)}>
          <IconTrash size={15} />
        </ActionIcon>
      </span>
    );
  return (
    <section className={r.group}>
      <h3>{t('lines')}</h3>
      {rows.length === 0 ? (
        <p className={r.touch}>{t('empty')}</p>
      ) : (
        <div {...region} className={r.wide} role="region" aria-label={t('lines')} tabIndex={0}>
          <CellsContext value={cells}>
            <table className={`${r.few} ${s.lines}`}>
              <thead>
                <tr>
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
                  shape={{ object, asked: {}, shown, action, untitled: true }}
                  pages={[{ rows, linked, next: null }]}
                />
              </tbody>
            </table>
          </CellsContext>
        </div>
      )}
      {sheet.may.edit && object.may.create && <Add object={object} onAdd={addAndEdit} />}
      {dialog}
    </section>
  );
}
/** A product chosen is a line at once; a free line is typed in its cells. */
function Add({ object, onAdd }: { object: ObjectShape; onAdd: (values: Values) => Promise<void> }) {
  const { t } = useTranslation('quotes');
  const [times, setTimes] = useState(0);
  const product = object.fields.find((each): each is FieldShape => each.uid === 'product');
  const choose = async (id: unknown) => {
    if (id == null) return;
    await onAdd({ product: id });
    setTimes((before) => before + 1);
  };
  return (
    <Group gap="sm" align="end" className={s.add}>
      {product && (
        <div className={s.product}>
          <FieldInput
            key={times}
            field={product}
            label={t('addProduct')}
            value={null}
            onChange={(id) => void choose(id)}
          />
        </div>
      )}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => void onAdd({ name: t('freeName'), unit_price: '0' })}
      >
        {t('addFree')}
      </Button>
    </Group>
  );
}
function useLines(object: ObjectShape, quote: number) {
  const { t } = useTranslation('quotes');
  const refresh = useRefresh();
  const attempt = async <T,>(what: () => Promise<T>): Promise<T | null> => {
    try {
      const done = await what();
      await refresh('quote', quote);
      return done;
    } catch (error) {
      toastProblem(error);
      return null;
    }
  };
  const address = `/api/records/${object.name}`;
  const add = (values: Values) => attempt(() => http.post<RecordAnswer>(address, { values: { ...values, quote } }));
  const restore = (row: Row) => attempt(() => http.post(`${address}/${row.id}/restore`));
  const remove = (row: Row) =>
    attempt(async () => {
      await http.delete(`${address}/${row.id}`);
      toastUndo(t('removed', { name: row.title }), t('undo'), () => void restore(row));
    });
  return { add, remove };
}
