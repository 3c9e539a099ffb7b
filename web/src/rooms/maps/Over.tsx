/** What lies over the drawing: the others, finding a step, tying to one, what a new branch is, a branch seen alone. */
import { Button } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Graph } from '@/canvas/graph';
import { margins } from '@/canvas/opening';
import type { MapDoc } from '@/client/maps';
import { FindOnMap } from './FindOnMap';
import { KindPalette } from './KindPalette';
import { lettersOf } from './kinds';
import { useTranslation } from './texts';
import s from './together/Together.module.css';
import { Others } from './together/Others';
import type { Asked } from './useAsked';
import { type Drawing, focusOn } from './useDrawing';
import type { Editor } from './useEditor';
import type { Seen } from './useSeen';

const TRIES = 20;
interface Props {
  map: MapDoc;
  whole: Graph;
  seen: Seen;
  editor: Editor;
  drawing: Drawing;
  chosen: ReadonlySet<string>;
  selected: string | null;
  asked: Asked | null;
  onAsk: (asked: Asked | null) => void;
  onSelect: (id: string) => void;
}
export function Over({ map, whole, seen, editor, drawing, chosen, selected, asked, onAsk, onSelect }: Props) {
  const { t } = useTranslation('maps');
  const flow = useReactFlow();
  useSteady(seen, selected);
  const center = (id: string, tries = TRIES) => {
    const node = flow.getNode(id);
    if (!node) return void (tries > 0 && requestAnimationFrame(() => center(id, tries - 1)));
    const { x, y } = node.position;
    void flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: 1, duration: 200 });
    focusOn(id);
  };
  const jump = (id: string) => {
    onSelect(id);
    requestAnimationFrame(() => center(id));
  };
  const leave = () => {
    onAsk(null);
    focusOn(selected);
  };
  const label = whole.steps.find((step) => step.id === selected)?.label ?? '';
  return (
    <>
      <Others channel={editor.channel} selected={[...chosen]} />
      {asked === 'find' && (
        <FindOnMap
          graph={whole}
          title={t('find.title')}
          onWords={seen.look}
          onPick={jump}
          onClose={() => onAsk(null)}
          onLeave={leave}
        />
      )}
      {asked === 'tie' && selected && (
        <FindOnMap
          graph={whole}
          title={t('find.tie', { label })}
          but={selected}
          onWords={seen.look}
          onPick={(id) => {
            drawing.tie(selected, id);
            focusOn(selected);
          }}
          onClose={() => onAsk(null)}
          onLeave={leave}
        />
      )}
      {drawing.untyped && (
        <KindPalette letters={lettersOf(map)} onPick={drawing.type} onClose={() => drawing.type(undefined)} />
      )}
      {seen.branch && (
        <div className={s.alone} role="status">
          <span>{t('branch.alone', { label: seen.label })}</span>
          <Button size="compact-xs" variant="subtle" onClick={seen.showAll}>
            {t('branch.all')}
          </Button>
        </div>
      )}
    </>
  );
}
/** What is selected keeps its place when a branch folds; a branch seen alone is shown whole. */
function useSteady({ folds, branch }: Seen, selected: string | null) {
  const flow = useReactFlow();
  const held = useRef({ folds, branch });
  useEffect(() => {
    const last = held.current;
    held.current = { folds, branch };
    if (last.folds === folds && last.branch === branch) return;
    const frame = requestAnimationFrame(() => {
      const node = selected ? flow.getNode(selected) : undefined;
      if (last.branch !== branch || !node) void flow.fitView({ padding: margins(), maxZoom: 1, duration: 150 });
      else
        void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, {
          zoom: flow.getZoom(),
          duration: 150,
        });
    });
    return () => cancelAnimationFrame(frame);
  }, [folds, branch, selected, flow]);
}
