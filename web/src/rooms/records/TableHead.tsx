/** The headers of a table: they sort, are dragged to another place and pulled wider. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type FieldShape, useSay } from '@/client/schema';
import { isNumeric } from '@/fields';
import { dropped, moved, nextSort } from './columns';
import s from './Records.module.css';
import type { Shape, TableProps } from './table';
import { useTranslation } from './texts';

const LEAST = 60;
const MOST = 640;
const STEP = 16;
type Part = Pick<TableProps, 'search' | 'onChange'> & { shape: Shape };

export function TableHead({ title, ...part }: Part & { title: FieldShape | undefined }) {
  const { t } = useTranslation('records');
  const { shown, action } = part.shape;
  return (
    <thead>
      <tr>
        {title && <Head {...part} field={title} fixed />}
        {shown.map((field) => (
          <Head key={field.name} {...part} field={field} />
        ))}
        {action && (
          <th>
            <span className="sr">{t('record.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
function Head({ field, fixed = false, shape, search, onChange }: Part & { field: FieldShape; fixed?: boolean }) {
  const say = useSay();
  const sort = search.tri;
  const way = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : undefined;
  const columns = shape.shown.map(({ name }) => name);
  const place = (colonnes: string[]) => onChange({ colonnes });
  const drop = (event: DragEvent) => {
    const name = event.dataTransfer.getData('text/column');
    if (name && name !== field.name && columns.includes(name)) place(dropped(columns, name, field.name));
  };
  const press = (event: KeyboardEvent) => {
    const by = event.altKey && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || fixed) return;
    event.preventDefault();
    place(moved(columns, field.name, by));
  };
  const width = search.largeurs?.[field.name];
  return (
    <th
      scope="col"
      aria-sort={way}
      data-numeric={isNumeric(field.type) || undefined}
      style={width ? { width, minWidth: width, maxWidth: width } : undefined}
      draggable={!fixed}
      onDragStart={(event) => event.dataTransfer.setData('text/column', field.name)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={fixed ? undefined : drop}
    >
      <button type="button" onClick={() => onChange({ tri: nextSort(sort, field.name) })} onKeyDown={press}>
        {say(field.label)}
        {way === 'ascending' && <IconArrowUp size={12} />}
        {way === 'descending' && <IconArrowDown size={12} />}
      </button>
      <Grip
        label={say(field.label)}
        width={width}
        onWidth={(size) => onChange({ largeurs: { ...search.largeurs, [field.name]: size } })}
      />
    </th>
  );
}
interface GripProps {
  label: string;
  width: number | undefined;
  onWidth: (width: number) => void;
}
/** The edge of a column: pulled, or moved by the arrows. */
function Grip({ label, width, onWidth }: GripProps) {
  const { t } = useTranslation('records');
  const [pulled, setPulled] = useState<{ from: number; size: number } | null>(null);
  const bounded = (size: number) => Math.round(Math.min(Math.max(size, LEAST), MOST));
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setPulled({ from: event.clientX, size: event.currentTarget.closest('th')!.offsetWidth });
  };
  const pull = (event: PointerEvent<HTMLSpanElement>) => {
    if (!pulled) return;
    const size = bounded(pulled.size + event.clientX - pulled.from);
    const head = event.currentTarget.closest('th')!;
    Object.assign(head.style, { width: `${size}px`, minWidth: `${size}px`, maxWidth: `${size}px` });
  };
  const end = (event: PointerEvent<HTMLSpanElement>) => {
    if (!pulled) return;
    setPulled(null);
    onWidth(bounded(pulled.size + event.clientX - pulled.from));
  };
  const press = (event: KeyboardEvent<HTMLSpanElement>) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(bounded((width ?? event.currentTarget.closest('th')!.offsetWidth) + by));
  };
  return (
    <span
      className={s.grip}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.width', { field: label })}
      aria-valuenow={width ?? 0}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      draggable={false}
      onPointerDown={begin}
      onPointerMove={pull}
      onPointerUp={end}
      onKeyDown={press}
    />
  );
}
