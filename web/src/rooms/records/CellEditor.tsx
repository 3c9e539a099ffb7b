/** One value typed in its cell. Enter keeps it, Tab keeps it and goes on, Escape leaves it as it was. */
import { Select } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { asProblem } from '@/client/problem';
import type { Row, RowPage } from '@/client/records';
import { type FieldShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldInput } from '@/fields';
import { useCellsOf } from './cells';
import s from './Records.module.css';
import { stageLabel } from './columns';

interface Props {
  field: FieldShape;
  row: Row;
  linked: RowPage['linked'];
  /** Leaves the cell, for another one or for itself. */
  onDone: (next?: HTMLElement | null) => void;
}
/** What is chosen from a list is kept at once. */
const AT_ONCE = new Set(['choice', 'boolean', 'person', 'link']);

export function CellEditor(props: Props) {
  return props.field.name === 'stage' ? <StageEditor {...props} /> : <ValueEditor {...props} />;
}
function ValueEditor({ field, row, linked, onDone }: Props) {
  const say = useSay();
  const { save } = useCellsOf();
  const before = row.values[field.name] ?? null;
  const [value, setValue] = useState<unknown>(before);
  const [error, setError] = useState<string | null>(null);
  const busy = useRef(false);
  const keep = async (wanted: unknown, next?: HTMLElement | null) => {
    if (busy.current) return;
    if (wanted === before) return onDone(next);
    busy.current = true;
    try {
      await save(row, field, wanted);
      onDone(next);
    } catch (refused) {
      setError(asProblem(refused).sentences.join(' '));
    } finally {
      busy.current = false;
    }
  };
  const change = (next: unknown) => {
    setValue(next);
    if (AT_ONCE.has(field.type)) void keep(next);
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    if (event.key === 'Enter' && !AT_ONCE.has(field.type)) void keep(value);
    if (event.key === 'Tab') {
      event.preventDefault();
      void keep(value, beside(event.currentTarget, event.shiftKey ? -1 : 1));
    }
  };
  const leave = (event: FocusEvent) => {
    if (AT_ONCE.has(field.type) || event.currentTarget.contains(event.relatedTarget)) return;
    if (error === null) void keep(value, event.relatedTarget as HTMLElement | null);
  };
  return (
    <div className={s.editor} onKeyDown={press} onBlur={leave}>
      <FieldInput
        bare
        autoFocus
        field={field}
        label={say(field.label)}
        value={value}
        title={linked[field.name]?.[String(before)] ?? null}
        required={field.required}
        error={error}
        onChange={change}
      />
    </div>
  );
}
/** Going to another stage is a move: its gate asks for what it asks for. */
function StageEditor({ field, row, onDone }: Props) {
  const say = useSay();
  const { move } = useCellsOf();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const stages = pipelines.find(({ uid }) => uid === row.values.pipeline)?.stages ?? [];
  const from = String(row.values.stage ?? '');
  const choose = (uid: string | null) => {
    onDone();
    const to = stages.find((each) => each.uid === uid);
    if (to && uid !== from) move(row, { uid: to.uid, label: say(to.label) }, say(stageLabel(pipelines, from)));
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
  };
  return (
    <div className={s.editor} onKeyDown={press}>
      <Select
        autoFocus
        defaultDropdownOpened
        allowDeselect={false}
        aria-label={say(field.label)}
        data={stages.map(({ uid, label }) => ({ value: uid, label: say(label) }))}
        value={from}
        onChange={choose}
      />
    </div>
  );
}
/** The next cell of the row that may be edited, or the one before; else the first or last of the row beside. */
function beside(from: Element, by: 1 | -1): HTMLElement | null {
  const all = [...(from.closest('table')?.querySelectorAll<HTMLElement>('td[data-cell]') ?? [])];
  return all[all.indexOf(from.closest('td')!) + by] ?? null;
}
