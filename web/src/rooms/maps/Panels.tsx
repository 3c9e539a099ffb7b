/** The panel beside a map: one at a time, each loaded when it is first opened. */
import { lazy, Suspense } from 'react';
import type { MapAnswer, MapDoc, OverlayAnswer } from '@/client/maps';
import { LifePanels } from './LifePanels';
import type { Panel } from './search';
import type { Editor } from './useEditor';

const Deviating = lazy(() => import('./Deviating'));
const Findings = lazy(() => import('./Findings'));
const Gaps = lazy(() => import('./Gaps'));
const Mapping = lazy(() => import('./Mapping'));
const Inspector = lazy(() => import('./Inspector'));
const Learnt = lazy(() => import('./Learnt'));
const Scenarios = lazy(() => import('./Scenarios'));
interface Props {
  panel: Panel | null;
  onPanel: (panel: Panel | null) => void;
  answer: MapAnswer;
  editor: Editor;
  editable: boolean;
  selected: string | null;
  onSelect: (id: string | null) => void;
  overlay: OverlayAnswer | undefined;
  log: string;
  gap: boolean;
  against: MapDoc | undefined;
  talk: boolean;
  onLight: (id: string | null) => void;
  onRemove: (id: string) => void;
}
export function Panels({
  panel,
  onPanel,
  answer,
  editor,
  editable,
  selected,
  onSelect,
  overlay,
  log,
  ...props
}: Props) {
  const { id } = answer;
  const { map } = editor;
  const mine = editable ? editor : null;
  const close = () => onPanel(null);
  return (
    <Suspense>
      {panel === 'findings' && (
        <Findings mapId={id} findings={editor.findings} editor={mine} onSelect={onSelect} onClose={close} />
      )}
      {panel === 'mapping' && <Mapping id={id} map={map} log={log} onClose={close} />}
      {panel === 'deviations' && <Deviating id={id} log={log} onSelect={onSelect} onClose={close} />}
      {(panel === 'winning' || panel === 'foresight') && (
        <Learnt what={panel} log={log === 'own' ? `own:${map.uid}` : log} onClose={close} />
      )}
      {panel === 'scenarios' && (
        <Scenarios
          id={id}
          map={map}
          editor={mine}
          saved={editor.saving === 'saved'}
          onLight={props.onLight}
          onClose={close}
        />
      )}
      <LifePanels
        panel={panel}
        id={id}
        map={map}
        mayArchive={answer.may.update}
        onSelect={onSelect}
        onPanel={onPanel}
      />
      {!panel && props.gap && !selected && (
        <Gaps id={id} other={answer.pair.as_is} against={props.against} editor={editor} onSelect={onSelect} />
      )}
      {!panel && selected && (
        <Inspector
          key={selected}
          id={selected}
          mapId={id}
          talk={props.talk}
          map={map}
          editor={editor}
          overlay={overlay}
          log={log === 'own' ? `own:${map.uid}` : log}
          editable={editable}
          onClose={() => onSelect(null)}
          onRemove={() => props.onRemove(selected)}
        />
      )}
    </Suspense>
  );
}
