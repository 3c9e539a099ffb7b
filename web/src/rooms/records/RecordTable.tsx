/** Records as a table: sorted by its headers, unrolled as one scrolls. */
import { Checkbox, Menu, ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Row } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { Await, Empty } from '@/design/states';
import { FieldValue, isNumeric } from '@/fields';
import { columnChoices, nextSort, shownColumns, stageLabel, titleField } from './columns';
import { type Asked, useRows } from './queries';
import s from './Records.module.css';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  asked: Asked & { bin?: 1 };
  columns: string[] | undefined;
  onSort: (sort: string | undefined) => void;
  empty?: ReactNode;
  /** What stands at the end of each row. */
  action?: (row: Row) => ReactNode;
}
export default function RecordTable({ object, asked, columns, onSort, empty, action }: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const navigate = useNavigate();
  const rows = useRows(object.name, asked);
  const shown = shownColumns(object, columns);
  const title = titleField(object);
  const heads = title ? [title, ...shown] : shown;
  const open = (id: number) =>
    void navigate({ to: '/fiches/$object/$id', params: { object: object.name, id: String(id) } });
  const nothing = empty ?? <Empty title={t('list.noMatch')}>{t('list.noMatchLead')}</Empty>;
  return (
    <div className={s.scroll} tabIndex={0} role="region" aria-label={say(object.plural)}>
      <Await query={rows}>
        {({ pages }) => {
          if (!pages[0]?.rows.length) return nothing;
          return (
            <table className={s.table}>
              <thead>
                <tr>
                  {heads.map((field) => (
                    <Head key={field.name} field={field} sort={asked.sort} onSort={onSort} />
                  ))}
                  {action && (
                    <th>
                      <span className="sr">{t('record.actions')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {pages.map((page) =>
                  page.rows.map((row) => (
                    <tr
                      key={row.id}
                      onClick={(event) => !(event.target as Element).closest('a,button') && open(row.id)}
                    >
                      <td>
                        <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(row.id) }}>
                          {row.title || `#${row.id}`}
                        </Link>
                      </td>
                      {shown.map((field) => (
                        <td key={field.name} data-numeric={isNumeric(field.type) || undefined}>
                          <Cell field={field} row={row} linked={page.linked} />
                        </td>
                      ))}
                      {action && <td>{action(row)}</td>}
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          );
        }}
      </Await>
      {rows.hasNextPage && <End key={rows.data?.pages.length} onReach={() => void rows.fetchNextPage()} />}
    </div>
  );
}
function Cell({ field, row, linked }: { field: FieldShape; row: Row; linked: Record<string, Record<string, string>> }) {
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const value = row.values[field.name];
  const stage = field.name === 'stage' ? stageLabel(pipelines, value) : null;
  if (stage) return <>{say(stage)}</>;
  return (
    <FieldValue field={field} value={value} title={linked[field.name]?.[String(value)]} titles={linked[field.name]} />
  );
}
interface HeadProps {
  field: FieldShape;
  sort: string | undefined;
  onSort: Props['onSort'];
}
function Head({ field, sort, onSort }: HeadProps) {
  const say = useSay();
  const way = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : undefined;
  return (
    <th scope="col" aria-sort={way} data-numeric={isNumeric(field.type) || undefined}>
      <button type="button" onClick={() => onSort(nextSort(sort, field.name))}>
        {say(field.label)}
        {way === 'ascending' && <IconArrowUp size={12} />}
        {way === 'descending' && <IconArrowDown size={12} />}
      </button>
    </th>
  );
}
function End({ onReach }: { onReach: () => void }) {
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
/** Which columns are shown. */
export function ColumnsMenu({
  object,
  columns,
  onChange,
}: {
  object: ObjectShape;
  columns: string[] | undefined;
  onChange: (columns: string[]) => void;
}) {
  const { t } = useTranslation('records');
  const say = useSay();
  const shown = shownColumns(object, columns).map((field) => field.name);
  const toggle = (name: string) =>
    onChange(shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name]);
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('list.columns')} title={t('list.columns')}>
          <IconColumns3 size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        {columnChoices(object).map((field) => (
          <Menu.Item
            key={field.name}
            leftSection={<Checkbox checked={shown.includes(field.name)} readOnly tabIndex={-1} aria-hidden />}
            onClick={() => toggle(field.name)}
          >
            {say(field.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
