/** What a line is moved by: dragged to its place, or one place up or down with the arrows. */
import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Row } from '@/client/records';
import { useTranslation } from '../texts';
import { moved } from './order';
import s from './Quotes.module.css';

interface Props {
  row: Row;
  rows: Row[];
  onOrder: (order: number[]) => Promise<void>;
}
const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
export function Grip({ row, rows, onOrder }: Props) {
  const { t } = useTranslation('quotes');
  const ref = useRef<HTMLButtonElement>(null);
  const aim = useRef<number | null>(null);
  const ids = rows.map(({ id }) => id);
  const at = ids.indexOf(row.id);
  const put = async (to: number) => {
    const order = moved(ids, at, to);
    if (!order) return;
    await onOrder(order);
    ref.current?.focus();
  };
  const lines = () => [...(ref.current?.closest('tbody')?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])];
  const show = (to: number | null) => {
    aim.current = to;
    for (const [place, line] of lines().entries()) {
      const here = place === to && to !== at;
      line.toggleAttribute('data-before', here && place < at);
      line.toggleAttribute('data-after', here && place > at);
    }
  };
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    show(at);
  };
  const drag = (event: PointerEvent) => {
    if (aim.current === null) return;
    const below = lines().findIndex((line) => event.clientY < line.getBoundingClientRect().bottom);
    show(below < 0 ? ids.length - 1 : below);
  };
  const drop = () => {
    const to = aim.current;
    show(null);
    if (to !== null) void put(to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') show(null);
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    void put(at + step);
  };
  return (
    <ActionIcon
      ref={ref}
      size={24}
      className={s.grip}
      aria-label={t('grip', { name: row.title, place: at + 1, of: ids.length })}
      aria-keyshortcuts="ArrowUp ArrowDown"
      title={t('gripHint')}
      onKeyDown={press}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={() => show(null)}
    >
      <IconGripVertical size={15} />
    </ActionIcon>
  );
}
