/** One map: read with its measures, edited, compared, published. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Reading } from '@/canvas/graph';
import { MapCanvas } from '@/canvas/MapCanvas';
import type { MapAnswer } from '@/client/maps';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { openByElement, useThreads } from '@/threads/queries';
import { deltasOf, graphOf, leftOut, usualPaths } from './graph';
import { ChoiceBar } from './ChoiceBar';
import { FindOnMap } from './FindOnMap';
import { Freshness } from './Freshness';
import { HeadActions } from './HeadActions';
import { Insight } from './Insight';
import { LifePanels } from './LifePanels';
import s from './Maps.module.css';
import { Outline } from './Outline';
import { useLogs, useMap, useOverlay } from './queries';
import type { MapSearch, Panel, Shape } from './search';
import { useTranslation } from './texts';
import { Others } from './together/Others';
import { Tools } from './Tools';
import { useChoice } from './useChoice';
import { useDrawing } from './useDrawing';
import { useEditor } from './useEditor';
import { useSketch } from './useSketch';
import { WayBack } from './WayBack';

const Findings = lazy(() => import('./Findings'));
const Gaps = lazy(() => import('./Gaps'));
const View = lazy(() => import('./views/View'));
const Mapping = lazy(() => import('./Mapping'));
const Inspector = lazy(() => import('./Inspector'));
const Scenarios = lazy(() => import('./Scenarios'));
const SketchBar = lazy(() => import('./SketchBar'));
export function MapPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useMap(id);
  return <Await query={answer}>{(known) => <Drawn key={known.id} answer={known} />}</Await>;
}

const PHONE = '(max-width: 640px)';
function Drawn({ answer }: { answer: MapAnswer }) {
  const { t } = useTranslation('maps');
  const search = useSearch({ strict: false }) as MapSearch;
  const navigate = useNavigate();
  const proposing = search.vue === 'proposition';
  const live = useEditor(answer);
  const sketching = useSketch(answer, proposing);
  const editor = proposing ? sketching.editor : live;
  const [reading, setReading] = useState<Reading>('wait');
  const [asked, setPaths] = useState<number | null>(null);
  const [panel, setPanel] = useState<Panel | null>(search.panneau === 'revue' ? 'review' : null);
  const [lit, setLit] = useState<string | null>(null);
  const phone = useMediaQuery(PHONE, matchMedia(PHONE).matches);
  const shape: Shape = search.forme ?? (phone ? 'liste' : 'dessin');
  const logs = useLogs().data?.filter((each) => (each.cases ?? 0) > 0) ?? [];
  const log = search.journal ?? sourceOf(answer);
  const overlay = useOverlay(answer.id, log).data;
  const gap = search.vue === 'ecart' && answer.map.state === 'to_be';
  const against = useMap(gap ? answer.pair.as_is : null).data?.map;
  const { map, findings, layout } = editor;
  const { threads } = useThreads(answer.id);
  const paths = asked ?? usualPaths(map, overlay);
  const hidden = leftOut(map, overlay, paths);
  const graph = useMemo(
    () => graphOf(map, { overlay, findings, against, paths, threads: openByElement(threads) }),
    [map, overlay, findings, against, paths, threads],
  );
  const placed = useMemo(() => new Map(Object.entries(layout.positions).filter(([, at]) => at.placed)), [layout]);
  const selected = search.element ?? null;
  const select = (element: string | null) => {
    setPanel(null);
    void navigate({
      to: '.',
      search: { ...search, element: element ?? undefined, onglet: undefined, panneau: undefined },
      replace: true,
    });
  };
  const editable = (editor.may || proposing) && !gap;
  const choice = useChoice(selected, select);
  const drawing = useDrawing(editor, editable, selected, select, choice);
  const sketch = (on: boolean) =>
    void navigate({ to: '.', search: { ...search, vue: on ? 'proposition' : undefined, element: undefined } });
  const worst = overlay?.worst ?? null;
  const [opening] = useState(selected);
  const read = gap ? 'gap' : overlay ? reading : 'plain';
  const crumbs = [
    <Link key="maps" to="/cartes">
      {t('title')}
    </Link>,
    ...(search.depuis ? [<WayBack key="back" id={search.depuis} step={search.retour} />] : []),
    map.title,
  ];
  return (
    <>
      <PageHead crumbs={crumbs}>
        {proposing ? (
          <Suspense>
            <SketchBar id={answer.id} sketching={sketching} onClose={() => sketch(false)} />
          </Suspense>
        ) : (
          <>
            <Freshness id={answer.id} onOpen={() => setPanel(panel === 'review' ? null : 'review')} />
            <HeadActions
              answer={answer}
              editor={editor}
              seen={{ graph, placed, reading: read }}
              onSketch={() => sketch(true)}
              onWorkshop={() => setPanel('workshop')}
            />
          </>
        )}
      </PageHead>
      <Tools
        answer={answer}
        threads={threads.filter((each) => each.state === 'open').length}
        editor={editor}
        overlay={overlay}
        search={search}
        log={log}
        logs={logs}
        gap={gap}
        shape={shape}
        onAdd={editable ? () => drawing.grow(selected, 'next') : null}
        onTidy={drawing.tidy}
        onPanel={(next) => setPanel(panel === next ? null : next)}
      />
      <div className={w.stage} onKeyDown={drawing.named}>
        {shape === 'liste' ? (
          <Outline
            map={map}
            overlay={overlay}
            findings={findings}
            deltas={deltasOf(map, against)}
            threads={openByElement(threads)}
            selected={selected}
            onSelect={select}
          />
        ) : shape !== 'dessin' ? (
          <Suspense>
            <View shape={shape} id={answer.id} map={map} onSelect={select} />
          </Suspense>
        ) : (
          <MapCanvas
            graph={graph}
            selected={panel === 'scenarios' ? lit : selected}
            onSelect={(element) => choice.choose(element ? [element] : [])}
            placed={placed}
            focus={opening ?? worst ?? selected}
            editable={editable}
            reading={read}
            {...(overlay && !gap ? { onReading: setReading, paths, onPaths: setPaths, hidden } : {})}
            onConnect={drawing.tie}
            chosen={choice.all}
            onChoose={choice.choose}
            onMove={editor.arrange}
            onKey={drawing.keys}
            onDoubleClick={(element) => editable && drawing.grow(element, 'next')}
          >
            <Others channel={editor.channel} selected={[...choice.all]} />
            <FindOnMap map={map} onSelect={select} />
            {editable && (
              <ChoiceBar editor={editor} chosen={choice.all} onRemove={() => drawing.remove([...choice.all])} />
            )}
            {overlay && worst && !gap && (
              <Insight overlay={overlay} label={labelOf(map, worst)} onOpen={() => select(worst)} />
            )}
          </MapCanvas>
        )}
        {map.steps.length === 0 && (
          <div className={s.center}>
            <Empty
              title={t('emptyMap')}
              action={
                editable && (
                  <Button autoFocus onClick={() => drawing.grow(null, 'next')}>
                    {t('addStep')}
                  </Button>
                )
              }
            >
              {t('emptyMapLead')}
            </Empty>
          </div>
        )}
        {panel === 'findings' && (
          <Suspense>
            <Findings
              mapId={answer.id}
              findings={findings}
              editor={editable ? editor : null}
              onSelect={select}
              onClose={() => setPanel(null)}
            />
          </Suspense>
        )}
        {panel === 'mapping' && (
          <Suspense>
            <Mapping id={answer.id} map={map} log={log} onClose={() => setPanel(null)} />
          </Suspense>
        )}
        {panel === 'scenarios' && (
          <Suspense>
            <Scenarios
              id={answer.id}
              map={map}
              editor={editable ? editor : null}
              saved={editor.saving === 'saved'}
              onLight={setLit}
              onClose={() => setPanel(null)}
            />
          </Suspense>
        )}
        <LifePanels
          panel={panel}
          id={answer.id}
          map={map}
          mayArchive={answer.may.update}
          onSelect={select}
          onPanel={setPanel}
        />
        {!panel && gap && !selected && (
          <Suspense>
            <Gaps id={answer.id} other={answer.pair.as_is} against={against} editor={editor} onSelect={select} />
          </Suspense>
        )}
        {!panel && selected && (
          <Suspense>
            <Inspector
              key={selected}
              id={selected}
              mapId={answer.id}
              talk={search.onglet === 'discussions'}
              map={map}
              editor={editor}
              overlay={overlay}
              log={log === 'own' ? `own:${map.uid}` : log}
              editable={editable}
              onClose={() => select(null)}
              onRemove={() => drawing.remove([selected])}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}
/** What is measured at first: the log that the map came from, until the map is published and lives by itself. */
const sourceOf = ({ map, published_n, origin_log }: MapAnswer): string =>
  map.state === 'to_be' && published_n ? 'own' : (origin_log ?? 'own');
const labelOf = (map: MapAnswer['map'], id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
