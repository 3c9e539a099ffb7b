/** A map as it is drawn: the canvas, what lies over it, and the keys that reach it. */
import { lazy, Suspense, useState } from 'react';
import type { Graph, Reading } from '@/canvas/graph';
import { MapCanvas, type MapCanvasProps } from '@/canvas/MapCanvas';
import type { MapDoc, OverlayAnswer } from '@/client/maps';
import { Insight } from './Insight';
import { Over } from './Over';
import type { Asked } from './useAsked';
import type { Choice } from './useChoice';
import type { Drawing } from './useDrawing';
import type { Editor } from './useEditor';
import { usePlace } from './usePlace';
import { useSeen } from './useSeen';

const ChoiceBar = lazy(() => import('./ChoiceBar'));
interface Props {
  id: string;
  map: MapDoc;
  graph: Graph;
  editor: Editor;
  drawing: Drawing;
  choice: Choice;
  selected: string | null;
  /** What a scenario that is walked lights up. */
  lit: string | null;
  overlay: OverlayAnswer | undefined;
  placed: MapCanvasProps['placed'];
  reading: Reading;
  /** How the measures are read, and how many undrawn passages are shown. */
  measures: Pick<MapCanvasProps, 'onReading' | 'paths' | 'onPaths' | 'hidden'>;
  editable: boolean;
  asked: Asked | null;
  onAsk: (asked: Asked | null) => void;
  onSelect: (id: string | null) => void;
}
export function Stage({ id, map, graph, editor, drawing, choice, selected, editable, overlay, ...props }: Props) {
  const { reading, onSelect } = props;
  const seen = useSeen(graph, selected);
  const place = usePlace(id, selected);
  const [opening] = useState(selected);
  const worst = overlay?.worst ?? null;
  const gap = reading === 'gap';
  return (
    <MapCanvas
      key={gap ? 'gap' : 'map'}
      graph={seen.graph}
      selected={props.lit ?? selected}
      onSelect={(element) => choice.choose(element ? [element] : [])}
      placed={props.placed}
      focus={opening ?? (gap ? null : worst)}
      kept={gap ? null : place.opening}
      onPlace={gap ? undefined : place.onPlace}
      editable={editable}
      reading={reading}
      {...props.measures}
      onConnect={drawing.tie}
      chosen={choice.all}
      onChoose={choice.choose}
      onMove={editor.arrange}
      onKey={(event, boxes) => {
        if (!seen.keys(event)) drawing.keys(event, boxes);
      }}
      onDoubleClick={(element) => editable && drawing.grow(element, 'next')}
    >
      <Over
        map={map}
        whole={graph}
        seen={seen}
        editor={editor}
        drawing={drawing}
        chosen={choice.all}
        selected={selected}
        asked={props.asked}
        onAsk={props.onAsk}
        onSelect={onSelect}
      />
      {editable && choice.all.size > 1 && (
        <Suspense>
          <ChoiceBar editor={editor} chosen={choice.all} onRemove={() => drawing.remove([...choice.all])} />
        </Suspense>
      )}
      {overlay && worst && !gap && (
        <Insight
          overlay={overlay}
          label={map.steps.find((each) => each.id === worst)?.label ?? worst}
          onOpen={() => onSelect(worst)}
        />
      )}
    </MapCanvas>
  );
}
