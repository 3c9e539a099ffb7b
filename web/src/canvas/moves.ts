/** Selecting several elements (Shift and click, Shift and a box) and moving them together. */
import type { Node, NodeChange } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import type { Point } from './graph';
import type { Laid } from './layout';

export const NOBODY: ReadonlySet<string> = new Set();
const NOWHERE: ReadonlyMap<string, Point> = new Map();
interface Props {
  selected: string | null;
  chosen?: ReadonlySet<string>;
  onChoose?: (ids: string[]) => void;
  onMove?: (places: Record<string, Point>) => void;
}
/** `moving` is where elements are while they are dragged; the layout takes over once it has them there. */
export function useMoves<N extends Node>(laid: Laid, { selected, chosen = NOBODY, onChoose, onMove }: Props) {
  const [moving, setMoving] = useState(NOWHERE);
  const box = useRef<Set<string> | null>(null);
  useEffect(() => setMoving(NOWHERE), [laid]);
  const all = () => new Set(selected ? [...chosen, selected] : chosen);
  const drop = (_: unknown, nodes: readonly N[]) =>
    onMove?.(Object.fromEntries(nodes.map((node) => [node.id, node.position])));
  const toggle = (id: string) => {
    const next = all();
    if (!next.delete(id)) next.add(id);
    onChoose?.([...next]);
  };
  const changed = (changes: NodeChange<N>[]) => {
    const moved = changes.flatMap((each) =>
      each.type === 'position' && each.dragging && each.position ? [[each.id, each.position] as const] : [],
    );
    if (moved.length) setMoving((known) => new Map([...known, ...moved]));
    for (const each of changes)
      if (each.type === 'select' && box.current) box.current[each.selected ? 'add' : 'delete'](each.id);
  };
  return {
    moving,
    toggle,
    handlers: {
      onNodesChange: changed,
      onNodeDragStop: (event: unknown, node: N, nodes: N[]) => drop(event, nodes.length ? nodes : [node]),
      onSelectionDragStop: drop,
      onSelectionStart: () => void (box.current = all()),
      onSelectionEnd: () => {
        if (box.current) onChoose?.([...box.current]);
        box.current = null;
      },
    },
  };
}
