/** The rows of a table of records, each cell shown or edited. */
import { Link } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useRef } from 'react';
import type { Row, RowPage } from '@/client/records';
import { type FieldShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldValue, isNumeric } from '@/fields';
import { Tinted } from '@/fields/Tinted';
import { CellEditor } from './CellEditor';
import { useCellsOf } from './cells';
import { inCell, stageOf } from './columns';
import s from './Records.module.css';
import type { Shape } from './table';
import { useTranslation } from './texts';

type Linked = RowPage['linked'];

export function Rows({ shape, pages }: { shape: Shape; pages: RowPage[] }) {
  return pages.map((page) =>
    page.rows.map((row) => <Line key={row.id} shape={shape} row={row} linked={page.linked} />),
  );
}
function Line({ shape, row, linked }: { shape: Shape; row: Row; linked: Linked }) {
  const { object, shown, action, untitled } = shape;
  return (
    <tr data-row={row.id}>
      {!untitled && (
        <td>
          <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(row.id) }}>
            {row.title || `#${row.id}`}
          </Link>
        </td>
      )}
      {shown.map((field) => (
        <Cell key={field.name} field={field} row={row} linked={linked} />
      ))}
      {action && <td>{action(row)}</td>}
    </tr>
  );
}
function Cell({ field, row, linked }: { field: FieldShape; row: Row; linked: Linked }) {
  const { may, editing, setEditing, open } = useCellsOf();
  const ref = useRef<HTMLTableCellElement>(null);
  const name = `${row.id}:${field.name}`;
  const editable = may && (inCell(field) || field.name === 'stage');
  const here = editable && editing === name;
  const click = (event: MouseEvent) => {
    if (here || (event.target as Element).closest('a,button,input')) return;
    if (editable) setEditing(name);
    else open(row.id);
  };
  const done = (next?: HTMLElement | null) => {
    setEditing(next?.dataset.cell ?? null);
    (next ?? ref.current)?.focus();
  };
  return (
    <td
      ref={ref}
      tabIndex={editable ? 0 : -1}
      data-cell={editable ? name : undefined}
      data-editing={here || undefined}
      data-numeric={isNumeric(field.type) || undefined}
      onClick={click}
    >
      {here ? (
        <CellEditor field={field} row={row} linked={linked} onDone={done} />
      ) : (
        <Shown field={field} row={row} linked={linked} />
      )}
    </td>
  );
}
function Shown({ field, row, linked }: { field: FieldShape; row: Row; linked: Linked }) {
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const { t } = useTranslation('records');
  const value = row.values[field.name];
  const stage = stageOf(pipelines, row.values.stage);
  if (field.name === 'stage' && stage) return <Tinted colour={stage.colour}>{say(stage.label)}</Tinted>;
  if (field.name === 'probability' && value == null && stage?.probability != null) {
    return (
      <span className={s.usual} title={t('list.usual')}>
        <FieldValue field={field} value={stage.probability} title={null} />
      </span>
    );
  }
  const titles = linked[field.name];
  return <FieldValue field={field} value={value} title={titles?.[String(value)] ?? null} titles={titles} />;
}
export function End({ onReach }: { onReach: () => void }) {
  const { t } = useTranslation('records');
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && onReach(), {
      rootMargin: '400px',
    });
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, []);
  return (
    <p ref={ref} className={s.more}>
      {t('list.loadingMore')}
    </p>
  );
}
