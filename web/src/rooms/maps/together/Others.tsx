/** The others on the canvas: where they point, what they hold, in their colour and with their name. */
import { useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import { useEffect } from 'react';
import { tint } from '@/design/ui';
import type { Channel } from './channel';
import s from './Together.module.css';
import { type Somebody, usePeople } from './usePeople';

const EVERY = 100;
export function Others({ channel, selected }: { channel: Channel | null; selected: readonly string[] }) {
  const people = usePeople(channel);
  usePointer(channel);
  const held = selected.join();
  useEffect(() => {
    channel?.people.setLocalStateField('selected', held ? held.split(',') : []);
  }, [channel, held]);
  return (
    <ViewportPortal>
      {people.map((one) => (
        <Person key={one.key} one={one} />
      ))}
    </ViewportPortal>
  );
}
function Person({ one }: { one: Somebody }) {
  const boxes = useStore((state) =>
    one.selected
      .flatMap((id) => {
        const node = state.nodeLookup.get(id);
        if (!node) return [];
        const { x, y } = node.internals.positionAbsolute;
        return [`${x} ${y} ${node.measured.width ?? 0} ${node.measured.height ?? 0}`];
      })
      .join(),
  );
  return (
    <div className={s.person} style={tint(one.hue)}>
      {boxes &&
        boxes.split(',').map((box) => {
          const [x, y, width, height] = box.split(' ').map(Number) as [number, number, number, number];
          return (
            <div key={box} className={s.held} style={{ transform: `translate(${x}px, ${y}px)`, width, height }}>
              <span>{one.name}</span>
            </div>
          );
        })}
      {one.at && (
        <div
          className={s.cursor}
          data-cursor={one.name}
          style={{ transform: `translate(${one.at.x}px, ${one.at.y}px)` }}
        >
          <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden>
            <path d="M1 1l11 6.2-5 1.3-2.6 4.9z" />
          </svg>
          <span>{one.name}</span>
        </div>
      )}
    </div>
  );
}
/** Tells the others where I point, ten times a second at most, and that I point nowhere when I leave. */
function usePointer(channel: Channel | null) {
  const flow = useReactFlow();
  const node = useStore((state) => state.domNode);
  useEffect(() => {
    if (!channel || !node) return;
    let last = 0;
    const tell = (at: { x: number; y: number } | null) => channel.people.setLocalStateField('at', at);
    const move = (event: PointerEvent) => {
      if (event.timeStamp - last < EVERY) return;
      last = event.timeStamp;
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      tell({ x: Math.round(x), y: Math.round(y) });
    };
    const leave = () => tell(null);
    node.addEventListener('pointermove', move);
    node.addEventListener('pointerleave', leave);
    return () => {
      node.removeEventListener('pointermove', move);
      node.removeEventListener('pointerleave', leave);
    };
  }, [channel, node, flow]);
}
