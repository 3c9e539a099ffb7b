/** The days of a month that hold something, one under the other; another day is typed where one cannot drag. */
import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Row } from '@/client/records';
import { useTranslation } from '@/i18n';
import s from './Dated.module.css';
import { dayOf, isDay } from './dates';
import { Item } from './Item';
import { type ByDay, useMovingOf } from './moving';
import { today } from './Turn';

export function Agenda({ days, byDay }: { days: string[]; byDay: ByDay }) {
  const next = useRef<HTMLElement>(null);
  useEffect(() => next.current?.scrollIntoView({ block: 'start' }), [days[0]]);
  const { i18n } = useTranslation();
  const name = (day: string) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: 'long', day: 'numeric', month: 'long' }).format(
      new Date(`${day}T12:00:00`),
    );
  const held = days.filter((day) => byDay.has(day));
  const from = held.find((day) => day >= today());
  return held.map((day) => (
    <section
      key={day}
      ref={day === from && days[0]! <= today() ? next : null}
      className={s.agenda}
      aria-label={name(day)}
      data-today={day === today() || undefined}
    >
      <h3>{name(day)}</h3>
      {byDay.get(day)!.map((row) => (
        <div key={row.id} className={s.line}>
          <Item row={row} />
          <OtherDay row={row} />
        </div>
      ))}
    </section>
  ));
}
function OtherDay({ row }: { row: Row }) {
  const { t } = useTranslation('dated');
  const { field, may, move } = useMovingOf();
  const [open, setOpen] = useState(false);
  if (!may) return null;
  const change = (day: string) => {
    if (!isDay(day)) return;
    setOpen(false);
    void move(row, day);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={36}
          aria-label={t('change', { title: row.title || `#${row.id}` })}
          onClick={() => setOpen(!open)}
        >
          <IconCalendarEvent size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          type="date"
          label={t('newDay')}
          defaultValue={dayOf(field, row.values[field.name]) ?? ''}
          onKeyDown={(event) => event.key === 'Enter' && change(event.currentTarget.value)}
          onBlur={(event) => change(event.currentTarget.value)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
