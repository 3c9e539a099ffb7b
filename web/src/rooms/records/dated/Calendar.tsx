/** Records by the day of one of their dates: a month of weeks on a desk, a list of days on a phone. */
import { NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Row } from '@/client/records';
import { type FieldShape, useSay } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { Await } from '@/design/states';
import { useTranslation } from '@/i18n';
import { useCells } from '../cells';
import { inCell } from '../columns';
import { type ByDay, type Moving, MovingContext } from './moving';
import { Agenda } from './Agenda';
import { dateOf, datedFields, dayOf, inSpan, isDay, movedTo, plus, weeksOf } from './dates';
import { Month } from './Month';
import s from './Dated.module.css';
import { Beyond, today, Turn } from './Turn';
import { type DatedProps, useDated } from './useDated';

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function Calendar(props: DatedProps) {
  const fields = datedFields(props.object);
  const field = dateOf(fields, props.search.date);
  return field && <Dated {...props} fields={fields} field={field} />;
}
interface Props extends DatedProps {
  fields: FieldShape[];
  field: FieldShape;
}
function Dated({ object, asked, search, onChange, fields, field }: Props) {
  const { t, i18n } = useTranslation('dated');
  const say = useSay();
  const phone = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false });
  const day = isDay(search.jour) ? search.jour : today();
  const weeks = weeksOf(day);
  const days = phone ? weeks.flat().filter((each) => each.slice(0, 7) === day.slice(0, 7)) : weeks.flat();
  const span = { from: days[0]!, to: plus(days.at(-1)!, 1) };
  const { rows, shown, hidden } = useDated(object.name, { ...asked(inSpan(field, span)), sort: field.name });
  const title = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric' }).format(
    new Date(`${day}T12:00:00`),
  );
  const mayMove = object.may.update === true && inCell(field);
  const { moving, dialog } = useMoving(object, field, mayMove, rows.data);
  return (
    <>
      <Turn zoom="mois" day={day} title={title} onChange={onChange}>
        <NativeSelect
          size="xs"
          aria-label={t('date')}
          value={field.name}
          data={fields.map(({ name, label }) => ({ value: name, label: say(label) }))}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
      </Turn>
      <div className={s.scroll} tabIndex={0} role="region" aria-label={title}>
        <Await query={rows}>
          {({ pages }) => {
            const byDay = groupedBy(
              pages.flatMap((page) => page.rows),
              field,
            );
            return (
              <MovingContext value={moving}>
                <Beyond shown={shown} hidden={hidden} />
                {phone ? (
                  <Agenda days={days} byDay={byDay} />
                ) : (
                  <Month weeks={weeks} month={day.slice(0, 7)} title={title} byDay={byDay} />
                )}
              </MovingContext>
            );
          }}
        </Await>
      </div>
      {mayMove && !phone && <p className={s.hint}>{t('hint')}</p>}
      {dialog}
    </>
  );
}
function groupedBy(rows: readonly Row[], field: FieldShape): ByDay {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const day = dayOf(field, row.values[field.name]);
    if (day) found.set(day, [...(found.get(day) ?? []), row]);
  }
  return found;
}
/** Another day for a record, by the hand or by the keyboard: an edit like any other, with the way back. */
function useMoving(object: DatedProps['object'], field: FieldShape, may: boolean, shown: unknown) {
  const { save, undo, dialog } = useCells(object);
  const [busy, setBusy] = useState<number | null>(null);
  const followed = useRef<number | null>(null);
  useEffect(() => {
    if (followed.current === null) return;
    document.querySelector<HTMLElement>(`[data-item="${followed.current}"]`)?.focus();
    followed.current = null;
  }, [shown]);
  const move = async (row: Row, day: string) => {
    const value = row.values[field.name];
    if (!may || busy !== null || dayOf(field, value) === day) return;
    setBusy(row.id);
    try {
      followed.current = row.id;
      await save(row, field, movedTo(field, value, day));
    } catch (error) {
      followed.current = null;
      toastProblem(error);
    } finally {
      setBusy(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent, row: Row) => {
    const from = dayOf(field, row.values[field.name]);
    const step = STEPS[event.key];
    if (event.shiftKey && step && from) {
      event.preventDefault();
      void move(row, plus(from, step));
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'z') {
      event.preventDefault();
      void undo();
    }
  };
  const moving: Moving = { object, field, may, busy, move, onKeyDown };
  return { moving, dialog };
}
