/** A month as weeks from Monday to Sunday; a day that holds too many opens its list. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Popover } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Row } from '@/client/records';
import { useTranslation } from '@/i18n';
import s from './Dated.module.css';
import { isWeekend } from './dates';
import { Item } from './Item';
import { type ByDay, useMovingOf } from './moving';
import { today } from './Turn';

const FEW = 4;
interface Props {
  weeks: string[][];
  month: string;
  title: string;
  byDay: ByDay;
}
export function Month({ weeks, month, title, byDay }: Props) {
  const { i18n } = useTranslation();
  const name = (day: string, weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(i18n.language, { weekday }).format(new Date(`${day}T12:00:00`));
  return (
    <table className={s.month} aria-label={title}>
      <thead>
        <tr>
          {weeks[0]!.map((day) => (
            <th key={day} scope="col" abbr={name(day, 'long')}>
              {name(day, 'short')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <Day key={day} day={day} outside={day.slice(0, 7) !== month} rows={byDay.get(day) ?? []} all={byDay} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
interface DayProps {
  day: string;
  outside: boolean;
  rows: Row[];
  all: ByDay;
}
function Day({ day, outside, rows, all }: DayProps) {
  const { t, i18n } = useTranslation('dated');
  const ref = useRef<HTMLTableCellElement>(null);
  const over = useDrop(ref, day, all);
  const shown = rows.length > FEW ? rows.slice(0, FEW - 1) : rows;
  const said = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'long' }).format(
    new Date(`${day}T12:00:00`),
  );
  return (
    <td
      ref={ref}
      data-outside={outside || undefined}
      data-weekend={isWeekend(day) || undefined}
      data-today={day === today() || undefined}
      data-over={over || undefined}
    >
      <time dateTime={day} aria-label={said}>
        {Number(day.slice(8))}
      </time>
      {shown.map((row) => (
        <Item key={row.id} row={row} />
      ))}
      {rows.length > shown.length && (
        <Popover width={280} position="bottom-start" trapFocus returnFocus>
          <Popover.Target>
            <button type="button" className={s.more}>
              {t('more', { count: rows.length - shown.length })}
              <span className="sr">{`, ${said}`}</span>
            </button>
          </Popover.Target>
          <Popover.Dropdown className={s.whole} aria-label={said}>
            {rows.map((row) => (
              <Item key={row.id} row={row} />
            ))}
          </Popover.Dropdown>
        </Popover>
      )}
    </td>
  );
}
/** A day takes the record that is dropped on it. */
function useDrop(ref: React.RefObject<HTMLElement | null>, day: string, all: ByDay) {
  const { move } = useMovingOf();
  const [over, setOver] = useState(false);
  const drop = useRef<(id: number) => void>(() => undefined);
  useEffect(() => {
    drop.current = (id) => {
      const row = [...all.values()].flat().find((each) => each.id === id);
      if (row) void move(row, day);
    };
  });
  useEffect(
    () =>
      dropTargetForElements({
        element: ref.current!,
        canDrop: ({ source }) => typeof source.data.dated === 'number',
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          drop.current(source.data.dated as number);
        },
      }),
    [ref],
  );
  return over;
}
