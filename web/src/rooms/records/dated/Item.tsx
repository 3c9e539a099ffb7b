/** A record on its day: a link, dragged or moved by Shift and an arrow. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Row } from '@/client/records';
import s from './Dated.module.css';
import { hourOf } from './dates';
import { useMovingOf } from './moving';

export function Item({ row }: { row: Row }) {
  const { object, field, may, busy, onKeyDown } = useMovingOf();
  const ref = useRef<HTMLAnchorElement>(null);
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    if (!ref.current || !may) return;
    return draggable({
      element: ref.current,
      getInitialData: () => ({ dated: row.id }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [row.id, may]);
  const hour = hourOf(field, row.values[field.name]);
  return (
    <Link
      ref={ref}
      to="/fiches/$object/$id"
      params={{ object: object.name, id: String(row.id) }}
      className={s.item}
      data-item={row.id}
      data-closed={row.values.closed_at ? true : undefined}
      data-busy={dragged || busy === row.id || undefined}
      aria-keyshortcuts={may ? 'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown' : undefined}
      title={row.title ?? undefined}
      onKeyDown={(event) => onKeyDown(event, row)}
    >
      {hour && <time>{hour}</time>}
      <span>{row.title || `#${row.id}`}</span>
    </Link>
  );
}
