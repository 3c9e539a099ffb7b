/** Cases that move on the map: one, event by event, with the sentence of each; or a sample of all, over some seconds. */
import { ActionIcon, SegmentedControl, Slider } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward, IconX } from '@tabler/icons-react';
import { type Edge, type Node, useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Point } from '@/canvas/graph';
import { Await } from '@/design/states';
import { day, duration, integer } from '@/lib/format';
import type { Dots } from './dots';
import { useDots, useReplay } from './queries';
import { between, placesAt, spanOf, type Stage } from './replay';
import s from './Replay.module.css';
import { useTranslation } from './texts';

/** How long an event is looked at, and how long the whole animation of many cases lasts, in seconds. */
const EVENT = 1.1;
const WHOLE = 30;
/** As many events as move smoothly. */
const MOVING = 2_500;

interface Props {
  log: string;
  filters: string;
  /** The case; without one, many. */
  one: string | null;
  onClose: () => void;
}
export default function Replay({ log, filters, one, onClose }: Props) {
  return one === null ? (
    <Many log={log} filters={filters} onClose={onClose} />
  ) : (
    <One key={one} log={log} one={one} onClose={onClose} />
  );
}
function One({ log, one, onClose }: { log: string; one: string; onClose: () => void }) {
  return <Await query={useReplay(log, one)}>{(known) => <Told known={known} onClose={onClose} />}</Await>;
}
type Told = NonNullable<ReturnType<typeof useReplay>['data']>;
function Told({ known, onClose }: { known: Told; onClose: () => void }) {
  const { t } = useTranslation('mining');
  const stage = useStage();
  const still = useReducedMotion();
  const last = known.events.length - 1;
  const clock = useClock(last, 1 / EVENT);
  const now = Math.min(last, Math.floor(clock.time + 1e-9));
  const event = known.events[now]!;
  const next = known.events[Math.min(last, now + 1)]!;
  const at = between(stage, event.step, next.step, still ? 0 : clock.time - now);
  useInSight(event.step, next.step, still);
  return (
    <>
      <Tokens places={at ? [{ row: 0, at }] : []} large />
      <Bar
        label={t('replay.one', { case: known.case })}
        clock={clock}
        most={last}
        step={1}
        said={(place) => t('replay.event', { n: integer(Math.floor(place) + 1), all: integer(known.all_events) })}
        onClose={onClose}
      >
        <p aria-live="polite">
          <b>{t('replay.event', { n: integer(now + 1), all: integer(known.all_events) })}</b> {event.sentence}
          {!at && ` ${t('replay.hidden')}`}
        </p>
        <small>{known.sentence}</small>
        {known.events.length < known.all_events && (
          <small>{t('replay.cut', { n: integer(known.events.length) })}</small>
        )}
      </Bar>
    </>
  );
}
function Many({ log, filters, onClose }: { log: string; filters: string; onClose: () => void }) {
  return <Await query={useDots(log, filters, MOVING)}>{(dots) => <Moving dots={dots} onClose={onClose} />}</Await>;
}
function Moving({ dots, onClose }: { dots: Dots; onClose: () => void }) {
  const { t } = useTranslation('mining');
  const stage = useStage();
  const [together, setTogether] = useState(true);
  const span = useMemo(() => spanOf(dots, together), [dots, together]);
  const still = useReducedMotion();
  const clock = useClock(span, span / WHOLE, still ? span / 20 : 0);
  useInSight(null, null, still);
  const places = useMemo(() => placesAt(dots, stage, clock.time, together), [dots, stage, clock.time, together]);
  const said = (place: number) =>
    together ? t('replay.after', { span: duration(place) }) : day(new Date(Date.parse(dots.from!) + place * 1000));
  return (
    <>
      <Tokens places={places} />
      <Bar label={t('replay.many')} clock={clock} most={span} step={span / 100} said={said} onClose={onClose}>
        <p>
          <b>{said(clock.time)}</b> {t('replay.underWay', { count: places.length, n: integer(places.length) })}
        </p>
        <small>{dots.sentence}</small>
        <SegmentedControl
          size="xs"
          aria-label={t('dots.axis')}
          value={together ? 'since' : 'time'}
          onChange={(value) => {
            setTogether(value === 'since');
            clock.seek(0);
          }}
          data={[
            { value: 'since', label: t('dots.since') },
            { value: 'time', label: t('dots.time') },
          ]}
        />
      </Bar>
    </>
  );
}
interface Clock {
  time: number;
  playing: boolean;
  toggle: () => void;
  seek: (time: number) => void;
}
/** A place that moves from 0 to `most` at some speed a second while it plays; by jumps of `least` at least. */
function useClock(most: number, speed: number, least = 0): Clock {
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const at = useRef(0);
  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    let frame = 0;
    let exact = at.current;
    const go = (now: number) => {
      exact = Math.min(most, exact + ((now - before) / 1000) * speed);
      before = now;
      if (exact - at.current >= least || exact === most) setTime((at.current = exact));
      if (exact < most) frame = requestAnimationFrame(go);
      else setPlaying(false);
    };
    frame = requestAnimationFrame(go);
    return () => cancelAnimationFrame(frame);
  }, [playing, most, speed, least]);
  const seek = (to: number) => {
    setPlaying(false);
    setTime((at.current = Math.min(most, Math.max(0, to))));
  };
  const toggle = () => {
    if (!playing && at.current >= most) setTime((at.current = 0));
    setPlaying(!playing);
  };
  return { time, playing, toggle, seek };
}
/** The steps and the routes as the canvas has placed them. */
function useStage(): Stage {
  const nodes = useStore((state) => state.nodes) as Node[];
  const edges = useStore((state) => state.edges) as Edge<{ points: Point[] }>[];
  return useMemo(
    () => ({
      middles: new Map(
        nodes.map((node) => [
          node.id,
          { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + (node.height ?? 0) / 2 },
        ]),
      ),
      routes: new Map(edges.map((edge) => [`${edge.source}>${edge.target}`, edge.data?.points ?? []])),
    }),
    [nodes, edges],
  );
}
/** Brings two steps into sight, or the whole map. */
function useInSight(source: string | null, target: string | null, still: boolean) {
  const flow = useReactFlow();
  useEffect(() => {
    const nodes = [source, target].flatMap((id) => (id && flow.getNode(id) ? [{ id }] : []));
    const sight = source === null ? { padding: 0.05 } : { padding: 0.3, nodes };
    if (source === null || nodes.length > 0) void flow.fitView({ ...sight, maxZoom: 1, duration: still ? 0 : 300 });
  }, [flow, source, target, still]);
}
function Tokens({ places, large }: { places: readonly { row: number; at: Point }[]; large?: boolean }) {
  const zoom = useStore((state) => state.transform[2]);
  const size = Math.max(large ? 9 : 4.5, (large ? 7 : 3.5) / zoom);
  return (
    <ViewportPortal>
      <svg className={s.tokens} aria-hidden="true">
        {places.map(({ row, at }) => (
          <circle key={row} cx={at.x} cy={at.y} r={size} data-large={large} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
interface BarProps {
  label: string;
  clock: Clock;
  most: number;
  step: number;
  said: (place: number) => string;
  onClose: () => void;
  children: ReactNode;
}
/** Play and pause (space), one step back or on (arrows), the place in time, the words. */
function Bar({ label, clock, most, step, said, onClose, children }: BarProps) {
  const { t } = useTranslation('mining');
  const bar = useRef<HTMLElement>(null);
  useEffect(() => bar.current?.focus(), []);
  const back = () => clock.seek(Math.ceil(clock.time / step - 1e-6) * step - step);
  const on = () => clock.seek(Math.floor(clock.time / step + 1e-6) * step + step);
  const keys = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === ' ') clock.toggle();
    else if (event.key === 'ArrowLeft') back();
    else if (event.key === 'ArrowRight') on();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section ref={bar} className={s.bar} tabIndex={-1} aria-label={label} onKeyDown={keys}>
      <div className={s.row}>
        <ActionIcon variant="subtle" aria-label={t('replay.back')} onClick={back} disabled={clock.time <= 0}>
          <IconPlayerSkipBack size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t(clock.playing ? 'replay.pause' : 'replay.play')} onClick={clock.toggle}>
          {clock.playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={t('replay.on')} onClick={on} disabled={clock.time >= most}>
          <IconPlayerSkipForward size={16} />
        </ActionIcon>
        <Slider
          className={s.slider}
          size="sm"
          min={0}
          max={Math.max(most, 1e-6)}
          step={step}
          value={clock.time}
          label={null}
          thumbLabel={label}
          thumbProps={{ 'aria-valuetext': said(clock.time) }}
          onChange={clock.seek}
        />
        <ActionIcon variant="subtle" aria-label={t('replay.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <h2>{label}</h2>
      {children}
    </section>
  );
}
