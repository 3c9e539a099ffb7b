/** Records as a table: sorted, grouped and measured by its columns, edited where they stand. */
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { type ObjectShape, useSay } from '@/client/schema';
import { Await, Empty } from '@/design/states';
import { shownColumns, titleField } from './columns';
import { CellsContext, type Place, useCells } from './cells';
import type { Shape, TableProps } from './table';
import { asMeasures, groupable, measuresShown } from './measures';
import { useRows, useSummary } from './queries';
import s from './Records.module.css';
import { TableFoot } from './TableFoot';
import { Groups } from './TableGroups';
import { TableHead } from './TableHead';
import { End, Rows } from './TableRows';
import { useTranslation } from './texts';

export default function RecordTable({ object, asked, search, onChange, empty, action }: TableProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const group = asked.bin ? undefined : groupable(object).find(({ name }) => name === search.groupe);
  const rows = useRows(object.name, asked);
  const shown = shownColumns(object, search.colonnes);
  const measures = measuresShown(shown, search.mesures);
  const wanted = { measures: asMeasures(shown, measures), group_by: group?.name };
  const summary = useSummary(object.name, asked, wanted).data;
  const shape: Shape = { object, asked, shown, ...(action ? { action } : {}) };
  const nothing = empty ?? <Empty title={t('list.noMatch')}>{t('list.noMatchLead')}</Empty>;
  const { region, cells, dialog } = useGrid(object, !asked.bin && object.may.update === true);
  return (
    <div {...region} className={s.scroll} tabIndex={0} role="region" aria-label={say(object.plural)}>
      <Await query={rows}>
        {({ pages }) => {
          if (!pages[0]?.rows.length) return nothing;
          return (
            <CellsContext value={cells}>
              <table className={s.table}>
                <TableHead shape={shape} title={titleField(object)} search={search} onChange={onChange} />
                {group && summary ? (
                  <Groups shape={shape} field={group} groups={summary.groups} measures={measures} />
                ) : (
                  <tbody>
                    <Rows shape={shape} pages={pages} />
                  </tbody>
                )}
                {summary && !asked.bin && (
                  <TableFoot
                    shape={shape}
                    summary={summary}
                    measures={measures}
                    onChange={(mesures) => onChange({ mesures })}
                  />
                )}
              </table>
            </CellsContext>
          );
        }}
      </Await>
      {!group && rows.hasNextPage && <End key={rows.data?.pages.length} onReach={() => void rows.fetchNextPage()} />}
      {dialog}
    </div>
  );
}
const STEPS: Record<string, Place> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
/** The keyboard in the cells: arrows walk, Enter edits, Ctrl Z takes the last change back. */
export function useGrid(object: ObjectShape, may: boolean) {
  const navigate = useNavigate();
  const ref = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const { save, undo, move, dialog } = useCells(object);
  /** The cell so many rows and columns away, if there is one. */
  const near = (cell: Element, [down, right]: Place): HTMLElement | null => {
    const lines = [...(ref.current?.querySelectorAll('tr[data-row]') ?? [])];
    const line = cell.closest('tr')!;
    const among = lines[lines.indexOf(line) + down]?.children;
    const place = [...line.children].indexOf(cell) + right;
    return (among?.[place] as HTMLElement | undefined) ?? null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = event.target as HTMLElement;
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && editing === null) {
      event.preventDefault();
      void undo();
    }
    if (cell.tagName !== 'TD') return;
    const step = STEPS[event.key];
    if (step || (event.key === 'Enter' && cell.dataset.cell)) event.preventDefault();
    if (step) near(cell, step)?.focus();
    else if (event.key === 'Enter' && cell.dataset.cell) setEditing(cell.dataset.cell);
  };
  const open = (id: number) =>
    void navigate({ to: '/fiches/$object/$id', params: { object: object.name, id: String(id) } });
  const cells = { may, editing, setEditing, save, move, open };
  return { region: { ref, onKeyDown }, cells, dialog };
}
