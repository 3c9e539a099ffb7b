/** Records as bars from a date to another, or as points, over a week, a month or a quarter. */
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import type { Row } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { Await } from '@/design/states';
import { useTranslation } from '@/i18n';
import { day as sayDay } from '@/lib/format';
import type { Zoom } from '../search';
import {
  between,
  crossing,
  datedFields,
  endsOf,
  isDay,
  isWeekend,
  lasting,
  placeIn,
  plus,
  type Span,
  spanOf,
  ticksOf,
} from './dates';
import s from './Dated.module.css';
import { Beyond, today, Turn } from './Turn';
import { type DatedProps, useDated } from './useDated';

const ZOOMS: Zoom[] = ['semaine', 'mois', 'trimestre'];
interface Ends {
  start: FieldShape;
  end: FieldShape | null;
}
export function Chronology(props: DatedProps) {
  const fields = datedFields(props.object);
  const ends = endsOf(fields, props.search);
  return ends && <Drawn {...props} fields={fields} ends={ends} />;
}
function Drawn({ object, asked, search, onChange, fields, ends }: DatedProps & { fields: FieldShape[]; ends: Ends }) {
  const { t, i18n } = useTranslation('dated');
  const say = useSay();
  const zoom = ZOOMS.find((each) => each === search.pas) ?? 'mois';
  const span = spanOf(zoom, isDay(search.jour) ? search.jour : today());
  const { rows, shown, hidden } = useDated(object.name, {
    ...asked(crossing(ends.start, ends.end, span)),
    sort: ends.start.name,
  });
  const dates = fields.map(({ name, label }) => ({ value: name, label: say(label) }));
  return (
    <>
      <Turn zoom={zoom} day={span.from} title={titleOf(span, zoom, i18n.language)} onChange={onChange}>
        <NativeSelect
          size="xs"
          aria-label={t('start')}
          value={ends.start.name}
          data={dates}
          onChange={(event) => onChange({ debut: event.currentTarget.value })}
        />
        <span aria-hidden>→</span>
        <NativeSelect
          size="xs"
          aria-label={t('end')}
          value={ends.end?.name ?? ''}
          data={[{ value: '', label: t('noEnd') }, ...dates.filter(({ value }) => value !== ends.start.name)]}
          onChange={(event) => onChange({ fin: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={t('zoom')}
          data={ZOOMS.map((value) => ({ value, label: t(`zooms.${value}`) }))}
          value={zoom}
          onChange={(value) => onChange({ pas: value as Zoom })}
        />
      </Turn>
      <div className={s.scroll} tabIndex={0} role="region" aria-label={t('timeline')}>
        <Await query={rows}>
          {({ pages }) => (
            <>
              <Beyond shown={shown} hidden={hidden} />
              {shown > 0 && (
                <Lines object={object} rows={pages.flatMap((page) => page.rows)} ends={ends} span={span} zoom={zoom} />
              )}
            </>
          )}
        </Await>
      </div>
    </>
  );
}
function titleOf({ from, to }: Span, zoom: Zoom, lang: string): string {
  const [first, last] = [new Date(`${from}T12:00:00`), new Date(`${plus(to, -1)}T12:00:00`)];
  const format = new Intl.DateTimeFormat(
    lang,
    zoom === 'semaine' ? { day: 'numeric', month: 'long', year: 'numeric' } : { month: 'long', year: 'numeric' },
  );
  return zoom === 'mois' ? format.format(first) : format.formatRange(first, last);
}
interface LinesProps {
  object: ObjectShape;
  rows: Row[];
  ends: Ends;
  span: Span;
  zoom: Zoom;
}
function Lines({ object, rows, ends, span, zoom }: LinesProps) {
  const { t } = useTranslation('dated');
  const say = useSay();
  const all = between(span.from, span.to);
  const now = between(span.from, today());
  const style = { '--days': all, '--now': `${(100 * (now + 0.5)) / all}%` } as CSSProperties;
  return (
    <table className={s.lines} style={style} data-zoom={zoom} data-now={(now >= 0 && now < all) || undefined}>
      <thead>
        <tr>
          <th scope="col">{say(object.plural)}</th>
          <th scope="col" aria-label={t('period')}>
            <Ticks span={span} zoom={zoom} />
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link
                to="/fiches/$object/$id"
                params={{ object: object.name, id: String(row.id) }}
                title={row.title ?? ''}
              >
                {row.title || `#${row.id}`}
              </Link>
            </th>
            <td>
              <Bar row={row} ends={ends} span={span} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
function Ticks({ span, zoom }: { span: Span; zoom: Zoom }) {
  const { i18n } = useTranslation();
  const all = between(span.from, span.to);
  const format = new Intl.DateTimeFormat(
    i18n.language,
    zoom === 'semaine'
      ? { weekday: 'short', day: 'numeric' }
      : zoom === 'mois'
        ? { day: 'numeric' }
        : { day: 'numeric', month: 'short' },
  );
  return (
    <div className={s.ticks} aria-hidden>
      {ticksOf(span, zoom).map((tick) => (
        <span
          key={tick}
          data-weekend={(zoom !== 'trimestre' && isWeekend(tick)) || undefined}
          style={{ left: `${(100 * between(span.from, tick)) / all}%` }}
        >
          {format.format(new Date(`${tick}T12:00:00`))}
        </span>
      ))}
    </div>
  );
}
function Bar({ row, ends, span }: { row: Row; ends: Ends; span: Span }) {
  const { t } = useTranslation('dated');
  const days = lasting(row, ends.start, ends.end);
  if (!days) return null;
  const [from, to] = days;
  const { left, width, earlier, later } = placeIn(span, from, to);
  const said = from === to ? sayDay(from) : t('fromTo', { from: sayDay(from), to: sayDay(to) });
  return (
    <div className={s.track}>
      <span
        role="img"
        aria-label={said}
        title={said}
        data-point={from === to || undefined}
        data-earlier={earlier || undefined}
        data-later={later || undefined}
        data-closed={row.values.closed_at ? true : undefined}
        style={{ left: `${100 * left}%`, width: `${100 * width}%` }}
      />
    </div>
  );
}
