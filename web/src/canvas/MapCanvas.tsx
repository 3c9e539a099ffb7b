/** The map on screen: lanes, phases, steps and passages, read or edited. */
import '@xyflow/react/dist/base.css';
import {
  Background,
  type Connection,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Viewport,
} from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { addTexts, useTranslation } from '@/i18n';
import { Bands, Titles } from './Bands';
import s from './Canvas.module.css';
import { Dock, type DockProps } from './Dock';
import { edgeTypes, type FlowEdge } from './edges';
import en from './en.json';
import fr from './fr.json';
import type { Graph, Point, Reading } from './graph';
import { placeLabels } from './labels';
import type { Laid } from './layout';
import { useInSight } from './inSight';
import { neighbour, WAYS } from './neighbour';
import { NOBODY, useMoves } from './moves';
import { nodeTypes, ReadingContext, type StepNode } from './nodes';
import { useOpening } from './opening';
import { saidOn } from './sight';
import { useLaid } from './useLaid';

addTexts('canvas', { fr, en });
/** With more steps than this, only those in sight are in the page. */
const MANY = 60;

export interface MapCanvasProps extends DockProps {
  graph: Graph;
  selected: string | null;
  onSelect: (id: string | null) => void;
  placed?: ReadonlyMap<string, Point>;
  /** The step that the map opens on; without it everything is shown. */
  focus?: string | null;
  /** The place that it was last seen from: it opens there. */
  kept?: Viewport | null;
  onPlace?: (seen: Viewport) => void;
  editable?: boolean;
  onConnect?: (source: string, target: string) => void;
  /** What is selected together with, or without, the one. */
  chosen?: ReadonlySet<string>;
  onChoose?: (ids: string[]) => void;
  onMove?: (places: Record<string, Point>) => void;
  onKey?: (event: KeyboardEvent, boxes: ReadonlyMap<string, Point>) => void;
  onDoubleClick?: (id: string) => void;
  children?: ReactNode;
}
export function MapCanvas(props: MapCanvasProps) {
  const laid = useLaid(props.graph, props.placed);
  return (
    <ReactFlowProvider>
      <Inner {...props} laid={laid} />
    </ReactFlowProvider>
  );
}

function Inner(props: MapCanvasProps & { laid: Laid }) {
  const { graph, laid, selected, onSelect, editable, reading } = props;
  const { t } = useTranslation('canvas');
  const zoom = useStore((state) => (state.transform[2] < 0.45 ? 'far' : state.transform[2] < 0.7 ? 'mid' : 'near'));
  const most = useMemo(() => Math.max(1, ...graph.flows.map((flow) => flow.measure?.cases ?? 0)), [graph]);
  const moves = useMoves(laid, props);
  const nodes = useNodes(graph, laid, selected, props.chosen ?? NOBODY, moves.moving);
  const edges = useEdges(graph, laid, selected, reading);
  const context = useMemo(() => ({ reading, most, t }), [reading, most, t]);
  const first = graph.steps.find((step) => step.begins) ?? graph.steps[0];
  useOpening(
    props.focus ?? null,
    graph.steps.length,
    laid.boxes.get(props.focus ?? ''),
    laid,
    reading === 'gap' ? undefined : laid.boxes.get(first?.id ?? ''),
    props.kept,
    selected !== null,
    graph.tight,
  );
  useInSight(selected, laid, props.kept);
  const keys = useSelectionKeys(laid, selected, onSelect);
  const connect = ({ source, target }: Connection) => source !== target && props.onConnect?.(source, target);
  return (
    <ReadingContext value={context}>
      <div
        className={s.canvas}
        data-zoom={zoom}
        data-reading={reading}
        onKeyDown={(event) => {
          if (!keys(event)) props.onKey?.(event, laid.boxes);
        }}
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={editable ?? false}
          nodesConnectable={editable ?? false}
          onConnect={connect}
          {...moves.handlers}
          onNodeClick={(event, node) => (event.shiftKey ? moves.toggle(node.id) : onSelect(node.id))}
          onNodeDoubleClick={(_, node) => props.onDoubleClick?.(node.id)}
          onEdgeClick={(_, edge) => onSelect(edge.id)}
          onPaneClick={() => onSelect(null)}
          onMoveEnd={(_, seen) => props.onPlace?.(seen)}
          minZoom={0.1}
          maxZoom={2}
          onlyRenderVisibleElements={graph.steps.length > MANY}
          deleteKeyCode={null}
          panActivationKeyCode={null}
          disableKeyboardA11y
          aria-label={t('map')}
          zoomOnDoubleClick={false}
        >
          {zoom !== 'far' && <Background color="var(--pt-dot)" gap={22} size={1} />}
          <Bands graph={graph} laid={laid} />
        </ReactFlow>
        <Titles graph={graph} laid={laid} />
        {props.children}
        <Dock
          reading={reading}
          onReading={props.onReading}
          paths={props.paths}
          onPaths={props.onPaths}
          steps={props.steps}
          onSteps={props.onSteps}
          hidden={props.hidden}
          most={most}
          folded={graph.tight}
        />
      </div>
    </ReadingContext>
  );
}

function useNodes(
  graph: Graph,
  laid: Laid,
  selected: string | null,
  chosen: ReadonlySet<string>,
  moving: ReadonlyMap<string, Point>,
): StepNode[] {
  return useMemo(
    () =>
      graph.steps.flatMap((step) => {
        const box = laid.boxes.get(step.id);
        if (!box) return [];
        return [
          {
            id: step.id,
            type: step.shape,
            position: moving.get(step.id) ?? { x: box.x, y: box.y },
            width: box.w,
            height: box.h,
            data: { step },
            selected: step.id === selected || chosen.has(step.id),
            ariaLabel: step.label,
            deletable: false,
          },
        ];
      }),
    [graph, laid, selected, chosen, moving],
  );
}
function useEdges(graph: Graph, laid: Laid, selected: string | null, reading: Reading): FlowEdge[] {
  const { t } = useTranslation('canvas');
  const places = useMemo(() => {
    const said = graph.flows.flatMap((flow) => {
      const points = laid.routes.get(flow.id);
      return points ? [{ id: flow.id, text: flow.label ?? '', said: saidOn(flow, reading, t('planned')), points }] : [];
    });
    return placeLabels(said, laid.boxes.values());
  }, [graph, laid, reading, t]);
  return useMemo(
    () =>
      graph.flows.flatMap((flow) => {
        const points = laid.routes.get(flow.id);
        if (!points) return [];
        return [
          {
            id: flow.id,
            type: 'flow' as const,
            source: flow.source,
            target: flow.target,
            data: { flow, points, back: laid.back.has(flow.id), at: places.get(flow.id)! },
            selected: flow.id === selected,
            deletable: false,
          },
        ];
      }),
    [graph, laid, selected, places],
  );
}

/** Arrows move the selection, Enter takes what has the focus, Escape lets go; says whether the key was for us. */
function useSelectionKeys(laid: Laid, selected: string | null, onSelect: (id: string | null) => void) {
  const flow = useReactFlow();
  return (event: KeyboardEvent): boolean => {
    if (!(event.target instanceof Element)) return false;
    const holder = event.target.closest('.react-flow__node, .react-flow__edge');
    if (event.target.matches('input, textarea, button') && !holder) return false;
    const focused = holder?.getAttribute('data-id') ?? null;
    const way = event.altKey ? undefined : WAYS[event.key];
    let next: string | null = null;
    if (way) next = neighbour(laid.boxes, selected ?? focused ?? '', way) ?? selected;
    else if (event.key === 'Enter' && !event.ctrlKey && focused && focused !== selected) next = focused;
    else if (event.key !== 'Escape' || !selected) return false;
    event.preventDefault();
    onSelect(next);
    const box = next ? laid.boxes.get(next) : undefined;
    if (!way || !box) return true;
    event.currentTarget.querySelector<HTMLElement>(`.react-flow__node[data-id="${next}"]`)?.focus();
    void flow.setCenter(box.x + box.w / 2, box.y + box.h / 2, { zoom: flow.getZoom(), duration: 150 });
    return true;
  };
}
