/** The rows of a table gathered by the value of a field: counted, measured, unfolded one by one. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { type FieldShape, useSay } from '@/client/schema';
import { Failed, Loading } from '@/design/states';
import { isNumeric } from '@/fields';
import { integer } from '@/lib/format';
import { type Group, inGroup, type Measures, sayMeasure } from './measures';
import { useRows } from './queries';
import s from './Records.module.css';
import type { Shape } from './table';
import { Rows } from './TableRows';
import { useTranslation } from './texts';

/** So many groups are open at first. */
const OPEN = 3;
interface Props {
  shape: Shape;
  field: FieldShape;
  measures: Measures;
}
export function Groups({ groups, ...rest }: Props & { groups: Group[] }) {
  return groups.map((group, place) => (
    <One key={`${rest.field.name}:${String(group.value)}`} {...rest} group={group} opened={place < OPEN} />
  ));
}
function One({ shape, field, measures, group, opened }: Props & { group: Group; opened: boolean }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const [open, setOpen] = useState(opened);
  const label = group.label || (group.value === null ? t('list.without', { field: say(field.label) }) : '…');
  return (
    <tbody>
      <tr className={s.groupHead}>
        <th scope="rowgroup">
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            {label} <small className="num">{integer(group.count)}</small>
          </button>
        </th>
        {shape.shown.map((each) => {
          const name = measures[each.name];
          return (
            <td key={each.name} data-numeric={isNumeric(each.type) || undefined}>
              {name && sayMeasure(each, name, group.measures[`${each.name}:${name}`])}
            </td>
          );
        })}
      </tr>
      {open && <Inside shape={shape} field={field} group={group} />}
    </tbody>
  );
}
function Inside({ shape, field, group }: { shape: Shape; field: FieldShape; group: Group }) {
  const { t } = useTranslation('records');
  const { asked, object, shown } = shape;
  const here = inGroup(field, group.value);
  const all = asked.condition ? { all: [JSON.parse(asked.condition), here] } : here;
  const rows = useRows(object.name, { ...asked, condition: JSON.stringify(all) });
  const wide = shown.length + 1;
  if (!rows.data)
    return (
      <tr>
        <td colSpan={wide}>
          {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} /> : <Loading />}
        </td>
      </tr>
    );
  return (
    <>
      <Rows shape={shape} pages={rows.data.pages} />
      {rows.hasNextPage && (
        <tr>
          <td colSpan={wide}>
            <button type="button" className={s.unroll} onClick={() => void rows.fetchNextPage()}>
              {t('list.more')}
            </button>
          </td>
        </tr>
      )}
    </>
  );
}
