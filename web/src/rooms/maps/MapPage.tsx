/** One map: read with its measures, edited, compared, published. */
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconSparkles } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Reading } from '@/canvas/graph';
import c from '@/canvas/Canvas.module.css';
import { MapCanvas } from '@/canvas/MapCanvas';
import type { MapAnswer } from '@/client/maps';
import { Button } from '@mantine/core';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Findings, Gaps } from './Panels';
import { graphOf } from './graph';
import { Inspector } from './Inspector';
import s from './Maps.module.css';
import { addStep, connect, removePassage, removeStep } from './model';
import { useLogs, useMap, useOverlay } from './queries';
import { useTranslation } from './texts';
import { HeadActions, Tools } from './Tools';
import { useEditor } from './useEditor';

export interface MapSearch {
  vue?: 'ecart';
  journal?: string;
  element?: string;
}
export function MapPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useMap(id);
  return <Await query={answer}>{(known) => <Drawn key={`${known.id}`} answer={known} />}</Await>;
}

function Drawn({ answer }: { answer: MapAnswer }) {
  const { t } = useTranslation('maps');
  const search = useSearch({ strict: false }) as MapSearch;
  const navigate = useNavigate();
  const editor = useEditor(answer);
  const [reading, setReading] = useState<Reading>('wait');
  const [paths, setPaths] = useState(1);
  const [panel, setPanel] = useState<'findings' | null>(null);
  const logs = useLogs();
  const ready = logs.data?.filter((each) => (each.cases ?? 0) > 0) ?? [];
  const log = search.journal ?? (answer.map.state === 'as_is' ? (ready[0]?.id ?? 'own') : 'own');
  const overlay = useOverlay(answer.id, log).data;
  const gap = search.vue === 'ecart' && answer.map.state === 'to_be';
  const against = useMap(gap ? answer.pair.as_is : null).data?.map;
  const { map, findings, layout } = editor;
  const graph = useMemo(
    () => graphOf(map, { overlay, findings, against: gap ? against : undefined, paths }),
    [map, overlay, findings, gap, against, paths],
  );
  const placed = useMemo(() => new Map(Object.entries(layout.positions).filter(([, at]) => at.placed)), [layout]);
  const selected = search.element ?? null;
  const select = (element: string | null) => {
    setPanel(null);
    void navigate({ to: '.', search: { ...search, element: element ?? undefined }, replace: true });
  };
  const grow = (after: string | null, way: 'next' | 'branch') => {
    const { id } = addStep(map, t('step.newLabel'), after, way);
    editor.change((known) => addStep(known, t('step.newLabel'), after, way).map);
    select(id);
    setTimeout(() => document.querySelector<HTMLInputElement>('#step-label')?.select(), 150);
  };
  const editable = answer.may.update && !gap;
  const keys = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && ['INPUT', 'TEXTAREA'].includes(event.target.tagName);
    if (!editable || typing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'z') (event.shiftKey ? editor.redo : editor.undo)?.();
    else if (!selected) return;
    else if (event.key === 'Enter' && event.target instanceof HTMLElement) grow(selected, 'next');
    else if (event.key === 'Tab' && !event.shiftKey) grow(selected, 'branch');
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      select(null);
      editor.change((known) => removePassage(removeStep(known, selected), selected));
    } else return;
    event.preventDefault();
  };
  const worst = overlay?.worst ?? null;
  const worstLabel = map.steps.find((each) => each.id === worst)?.label;
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="maps" to="/cartes">
            {t('title')}
          </Link>,
          map.title,
        ]}
      >
        <HeadActions answer={answer} editor={editor} />
      </PageHead>
      <Tools
        answer={answer}
        editor={editor}
        overlay={overlay}
        log={log}
        logs={ready}
        gap={gap}
        onAdd={editable ? () => grow(selected, 'next') : null}
        onFindings={() => setPanel(panel ? null : 'findings')}
      />
      <div className={s.stage}>
        <MapCanvas
          graph={graph}
          selected={selected}
          onSelect={select}
          placed={placed}
          focus={worst ?? selected}
          editable={editable}
          reading={gap ? 'gap' : overlay ? reading : 'plain'}
          {...(overlay && !gap ? { onReading: setReading, paths, onPaths: setPaths } : {})}
          onConnect={(source, target) => editor.change((known) => connect(known, source, target))}
          onMove={(element, point) => editor.place(element, point.x, point.y)}
          onKey={keys}
          onDoubleClick={(element) => editable && grow(element, 'next')}
        >
          {worst && !gap && (
            <button type="button" className={c.insight} onClick={() => select(worst)}>
              <IconSparkles size={15} />
              <span>
                {overlay?.worst_sentence ?? (
                  <>
                    <b>{t('worst')}</b> {worstLabel}
                  </>
                )}
              </span>
            </button>
          )}
          {map.steps.length === 0 && (
            <div className={s.center}>
              <Empty
                title={t('emptyMap')}
                action={editable && <Button onClick={() => grow(null, 'next')}>{t('addStep')}</Button>}
              >
                {t('emptyMapLead')}
              </Empty>
            </div>
          )}
        </MapCanvas>
        {panel === 'findings' && <Findings findings={findings} onSelect={select} onClose={() => setPanel(null)} />}
        {!panel && gap && !selected && <Gaps id={answer.id} other={answer.pair.as_is} onSelect={select} />}
        {!panel && selected && (
          <Inspector
            id={selected}
            map={map}
            editor={editor}
            overlay={overlay}
            log={log === 'own' ? `own:${map.uid}` : log}
            editable={editable}
            onClose={() => select(null)}
          />
        )}
      </div>
    </>
  );
}
