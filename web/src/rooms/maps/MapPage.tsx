/** One map: read with its measures, edited, compared, published. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Reading } from '@/canvas/graph';
import { useSchema } from '@/client/blueprint';
import type { MapAnswer } from '@/client/maps';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { openByElement, useThreads } from '@/threads/queries';
import { deltasOf } from './deltas';
import { graphOf, leftOut, usualPaths } from './graph';
import { Freshness } from './Freshness';
import { HeadActions } from './HeadActions';
import s from './Maps.module.css';
import { Panels } from './Panels';
import { holderOf } from './model';
import { useLogs, useMap, useOverlay } from './queries';
import { type MapSearch, type Panel, PANELS, type Shape } from './search';
import { Stage } from './Stage';
import { useTranslation } from './texts';
import { Tools } from './Tools';
import { useAsked } from './useAsked';
import { useChoice } from './useChoice';
import { useDrawing } from './useDrawing';
import { useEditor } from './useEditor';
import { useSketch } from './useSketch';
import { WayBack } from './WayBack';

const Keys = lazy(() => import('./keys/Keys'));
const Outline = lazy(() => import('./Outline'));
const View = lazy(() => import('./views/View'));
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
  const { asked, ask } = useAsked();
  const [wanted, setPaths] = useState<number | null>(null);
  const [panel, setPanel] = useState<Panel | null>(search.panneau ? PANELS[search.panneau] : null);
  const [lit, setLit] = useState<string | null>(null);
  const phone = useMediaQuery(PHONE, matchMedia(PHONE).matches);
  const shape: Shape = search.forme ?? (phone ? 'liste' : 'dessin');
  const logs = useLogs().data?.filter((each) => (each.cases ?? 0) > 0) ?? [];
  const log = search.journal ?? sourceOf(answer);
  const built = useSchema().data?.pipelines.some(({ uid }) => uid === answer.map.uid) ?? false;
  const lives = log !== 'own' || built;
  const overlay = useOverlay(answer.id, lives ? log : null).data;
  const gap = search.vue === 'ecart' && answer.map.state === 'to_be';
  const against = useMap(gap ? answer.pair.as_is : null).data?.map;
  const { map, findings, layout } = editor;
  const { threads } = useThreads(answer.id);
  const paths = wanted ?? usualPaths(map, overlay);
  const hidden = leftOut(map, overlay, paths);
  const graph = useMemo(
    () => graphOf(map, { overlay, findings, against, paths, threads: openByElement(threads) }),
    [map, overlay, findings, against, paths, threads],
  );
  const placed = useMemo(() => new Map(Object.entries(layout.positions).filter(([, at]) => at.placed)), [layout]);
  const selected = search.element ? holderOf(map, search.element) : null;
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
  const drawing = useDrawing(editor, editable, selected, select, choice, () => ask('tie'));
  const sketch = (on: boolean) =>
    void navigate({ to: '.', search: { ...search, vue: on ? 'proposition' : undefined, element: undefined } });
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
              conformance={overlay?.totals.conformance ?? null}
              onSketch={() => sketch(true)}
              onWorkshop={() => setPanel('workshop')}
              onKeys={() => ask('keys')}
              onFindings={() => setPanel('findings')}
              onDeviations={() => setPanel('deviations')}
              onLearnt={overlay?.totals.won_share == null ? null : setPanel}
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
          <Suspense>
            <Outline
              map={map}
              overlay={overlay}
              findings={findings}
              deltas={deltasOf(map, against)}
              threads={openByElement(threads)}
              selected={selected}
              onSelect={select}
            />
          </Suspense>
        ) : shape !== 'dessin' ? (
          <Suspense>
            <View shape={shape} id={answer.id} map={map} onSelect={select} />
          </Suspense>
        ) : (
          <Stage
            id={answer.id}
            map={map}
            graph={graph}
            editor={editor}
            drawing={drawing}
            choice={choice}
            selected={selected}
            lit={panel === 'scenarios' ? lit : null}
            overlay={overlay}
            placed={placed}
            reading={read}
            measures={overlay && !gap ? { onReading: setReading, paths, onPaths: setPaths, hidden } : {}}
            editable={editable}
            asked={asked}
            onAsk={ask}
            onSelect={select}
          />
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
        <Panels
          panel={panel}
          onPanel={setPanel}
          answer={answer}
          editor={editor}
          editable={editable}
          selected={selected}
          onSelect={select}
          overlay={overlay}
          log={log}
          gap={gap}
          against={against}
          talk={search.onglet === 'discussions'}
          onLight={setLit}
          onRemove={(element) => drawing.remove([element])}
        />
        {asked === 'keys' && (
          <Suspense>
            <Keys onClose={() => ask(null)} />
          </Suspense>
        )}
      </div>
    </>
  );
}
/** What is measured at first: the log that the map came from, until the map is published and lives by itself. */
const sourceOf = ({ map, published_n, origin_log }: MapAnswer): string =>
  map.state === 'to_be' && published_n ? 'own' : (origin_log ?? 'own');
