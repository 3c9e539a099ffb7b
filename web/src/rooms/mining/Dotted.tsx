/** The dotted chart: one dot an event, time across, one case a line; the table says the same without colours. */
import { Anchor, SegmentedControl, Select } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { clock, day, duration, integer } from '@/lib/format';
import { type Axis, beside, type Cloud, cloudOf, type Dots, HUES, huesOf, nearest, type Order, rowOf } from './dots';
import s from './Dotted.module.css';
import { useDots } from './queries';
import { useTranslation } from './texts';

const SIZE = 3;
const LISTED = 200;
const WAYS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

interface Props {
  log: string;
  filters: string;
  onCase: (id: string) => void;
}
export default function Dotted({ log, filters, onCase }: Props) {
  const { t } = useTranslation('mining');
  return (
    <Await query={useDots(log, filters)}>
      {(dots) => (dots.step.length === 0 ? <Empty title={t('noCaseKept')} /> : <Chart dots={dots} onCase={onCase} />)}
    </Await>
  );
}
function Chart({ dots, onCase }: { dots: Dots; onCase: (id: string) => void }) {
  const { t } = useTranslation('mining');
  const [axis, setAxis] = useState<Axis>('time');
  const [order, setOrder] = useState<Order>('begin');
  const [only, setOnly] = useState<number | null>(null);
  const cloud = useMemo(() => cloudOf(dots, axis, order), [dots, axis, order]);
  const hues = useMemo(() => huesOf(dots), [dots]);
  return (
    <div className={s.chart}>
      <div className={s.how}>
        <SegmentedControl
          size="xs"
          aria-label={t('dots.axis')}
          value={axis}
          onChange={(value) => setAxis(value as Axis)}
          data={[
            { value: 'time', label: t('dots.time') },
            { value: 'since', label: t('dots.since') },
          ]}
        />
        <Select
          size="xs"
          aria-label={t('dots.order')}
          value={order}
          allowDeselect={false}
          w={236}
          onChange={(value) => setOrder((value ?? 'begin') as Order)}
          data={[
            { value: 'begin', label: t('dots.byBegin') },
            { value: 'length', label: t('dots.byLength') },
          ]}
        />
        <small role="status">{dots.sentence}</small>
      </div>
      <Surface dots={dots} cloud={cloud} axis={axis} hues={hues} only={only} onCase={onCase} />
      <Legend dots={dots} hues={hues} only={only} onOnly={setOnly} />
      <Table dots={dots} cloud={cloud} onCase={onCase} />
    </div>
  );
}
interface SurfaceProps {
  dots: Dots;
  cloud: Cloud;
  axis: Axis;
  hues: number[];
  only: number | null;
  onCase: (id: string) => void;
}
function Surface({ dots, cloud, axis, hues, only, onCase }: SurfaceProps) {
  const { t } = useTranslation('mining');
  const [at, setAt] = useState<number | null>(null);
  const { canvas, size } = useDrawn(dots, cloud, hues, only, at);
  const said = at === null || at >= dots.step.length ? '' : told(dots, cloud, at, t('dots.of'));
  const place = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearest(cloud, { x: event.clientX - box.left, y: event.clientY - box.top }, size);
  };
  const open = (dot: number | null) => dot !== null && onCase(dots.cases[rowOf(cloud, dot)]!);
  const keys = (event: KeyboardEvent) => {
    const way = WAYS[event.key as keyof typeof WAYS];
    if (event.key === 'Enter') open(at);
    else if (way) setAt(at === null ? dots.offsets[cloud.lines[0]!]! : beside(dots, cloud, at, way));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={s.surface}>
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={t('dots.label')}
          aria-describedby="dots-said"
          onPointerMove={(event) => setAt(place(event))}
          onPointerLeave={() => setAt(null)}
          onClick={() => open(at)}
          onKeyDown={keys}
        />
      </div>
      <div className={s.ends}>
        <span>{axis === 'time' ? day(dots.from!) : t('dots.start')}</span>
        <span id="dots-said" aria-live="polite" className={s.told}>
          {said || t('dots.hint')}
        </span>
        <span>
          {axis === 'time' ? day(new Date(Date.parse(dots.from!) + cloud.span * 1000)) : duration(cloud.span)}
        </span>
      </div>
    </>
  );
}
/** What a dot stands for, in words. */
function told(dots: Dots, cloud: Cloud, dot: number, of: string): string {
  const row = rowOf(cloud, dot);
  const when = new Date(Date.parse(dots.from!) + dots.at[dot]! * 1000);
  const since = duration(dots.at[dot]! - dots.at[dots.offsets[row]!]!);
  return `${dots.steps[dots.step[dot]!]!.label} · ${dots.cases[row]} · ${day(when)}, ${clock(when)} · ${since} ${of}`;
}
/** The canvas, painted again when what it shows, its size or the theme changes. */
function useDrawn(dots: Dots, cloud: Cloud, hues: number[], only: number | null, at: number | null) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ w: 1, h: 1 });
  const measure = useCallback(() => {
    const box = canvas.current?.getBoundingClientRect();
    if (box) setSize({ w: Math.max(1, box.width), h: Math.max(1, box.height) });
  }, []);
  useEffect(() => {
    const watch = new ResizeObserver(measure);
    if (canvas.current) watch.observe(canvas.current);
    return () => watch.disconnect();
  }, [measure]);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = size.w * ratio;
    element.height = size.h * ratio;
    pen.scale(ratio, ratio);
    paint(pen, size, { dots, cloud, hues, only, at, colours: coloursOf(element) });
  }, [dots, cloud, hues, only, at, size]);
  return { canvas, size };
}
const coloursOf = (element: HTMLElement): string[] => {
  const style = getComputedStyle(element);
  return Array.from({ length: HUES + 1 }, (_, hue) => style.getPropertyValue(`--dot-${hue}`).trim() || style.color);
};
interface Painted extends Omit<SurfaceProps, 'axis' | 'onCase'> {
  at: number | null;
  colours: string[];
}
function paint(pen: CanvasRenderingContext2D, size: { w: number; h: number }, what: Painted): void {
  const { dots, cloud, hues, only, at, colours } = what;
  const tall = size.h / Math.max(1, cloud.lines.length);
  const wide = size.w - SIZE;
  const dot = (n: number, side: number) =>
    pen.fillRect(
      cloud.x[n]! * wide - (side - SIZE) / 2,
      Math.min(size.h - SIZE, (cloud.line[n]! + 0.5) * tall - SIZE / 2) - (side - SIZE) / 2,
      side,
      side,
    );
  pen.clearRect(0, 0, size.w, size.h);
  for (let n = 0; n < cloud.x.length; n++) {
    const code = dots.step[n]!;
    pen.globalAlpha = only === null || only === code ? 0.9 : 0.08;
    pen.fillStyle = colours[hues[code]!]!;
    dot(n, SIZE);
  }
  pen.globalAlpha = 1;
  if (at === null || at >= cloud.x.length) return;
  const row = rowOf(cloud, at);
  for (let n = dots.offsets[row]!; n < dots.offsets[row + 1]!; n++) {
    pen.fillStyle = colours[hues[dots.step[n]!]!]!;
    dot(n, SIZE + (n === at ? 6 : 2));
  }
}
interface LegendProps {
  dots: Dots;
  hues: number[];
  only: number | null;
  onOnly: (step: number | null) => void;
}
/** The steps, each a button that leaves its dots alone in full colour. */
function Legend({ dots, hues, only, onOnly }: LegendProps) {
  const { t } = useTranslation('mining');
  const shown = dots.steps.map((step, code) => ({ ...step, code })).filter((step) => step.cases > 0);
  shown.sort((a, b) => b.cases - a.cases);
  return (
    <ul className={s.legend} aria-label={t('dots.legend')}>
      {shown.map((step) => (
        <li key={step.id}>
          <button
            type="button"
            aria-pressed={only === step.code}
            onClick={() => onOnly(only === step.code ? null : step.code)}
          >
            <i style={{ background: `var(--dot-${hues[step.code]})` }} />
            {step.label} <small className="num">{integer(step.cases)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
/** The cases of the chart, line by line. */
function Table({ dots, cloud, onCase }: { dots: Dots; cloud: Cloud; onCase: (id: string) => void }) {
  const { t } = useTranslation('mining');
  const rows = cloud.lines.slice(0, LISTED);
  const time = (dot: number) => new Date(Date.parse(dots.from!) + dots.at[dot]! * 1000);
  return (
    <details className={s.table}>
      <summary>{t('dots.table', { n: integer(rows.length), all: integer(cloud.lines.length) })}</summary>
      <div className={w.scroll}>
        <table>
          <thead>
            <tr>
              {(['case', 'begin', 'length', 'steps'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`dots.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const [first, last] = [dots.offsets[row]!, dots.offsets[row + 1]! - 1];
              return (
                <tr key={dots.cases[row]}>
                  <th scope="row">
                    <Anchor component="button" size="xs" onClick={() => onCase(dots.cases[row]!)}>
                      {dots.cases[row]}
                    </Anchor>
                  </th>
                  <td>{day(time(first))}</td>
                  <td>{duration(dots.at[last]! - dots.at[first]!)}</td>
                  <td>
                    {dots.step
                      .slice(first, last + 1)
                      .map((code) => dots.steps[code]!.label)
                      .join(' → ')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
