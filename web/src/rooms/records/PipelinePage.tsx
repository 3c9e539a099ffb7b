/** A pipeline: its records as a board or as a table, under the same filters. Every view is a link. */
import { Button } from '@mantine/core';
import { IconHistory, IconPlus, IconRoute } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Condition } from '@/client/maps';
import type { ObjectShape, PipelineShape } from '@/client/schema';
import { useSay, useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty, Loading } from '@/design/states';
import { Board } from './Board';
import { asText, conditionOf } from './filters';
import { PipelineTools, Totals } from './PipelineTools';
import { useBoard, useMapIds, useMeasures, useMoreCards } from './queries';
import { useTranslation } from './texts';
import type { PipelineSearch } from './search';
import { useMove } from './useMove';

const Built = lazy(() => import('./Built'));
const RecordTable = lazy(() => import('./RecordTable'));
const ChangesDrawer = lazy(() => import('./ChangesDrawer'));
const CreateDialog = lazy(() => import('./CreateDialog'));

export function PipelinePage() {
  const { t } = useTranslation('records');
  const { pipeline: uid } = useParams({ strict: false }) as { pipeline: string };
  const schema = useSchemaQuery();
  return (
    <Await query={schema}>
      {({ pipelines, objects }) => {
        const pipeline = pipelines.find((each) => each.uid === uid);
        const object = objects.find((each) => each.name === pipeline?.object);
        if (!pipeline || !object)
          return (
            <>
              <PageHead crumbs={[t('pipeline.none')]} />
              <Empty title={t('pipeline.none')}>{t('pipeline.noneLead')}</Empty>
            </>
          );
        return <Pipeline key={uid} pipeline={pipeline} object={object} />;
      }}
    </Await>
  );
}
function Pipeline({ pipeline, object }: { pipeline: PipelineShape; object: ObjectShape }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const search = useSearch({ strict: false }) as PipelineSearch;
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const [comparing, setComparing] = useState(false);
  const change = (next: Partial<PipelineSearch>) =>
    void navigate({ to: '.', search: { ...search, ...next }, replace: true });
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const narrowed = (...more: Condition[]) => asText(conditionOf(search, object, pipelines, more));
  const asked = { words: search.mots, condition: narrowed(), sort: search.tri };
  const { start, dialog, asking } = useMove();
  const board = useBoard(pipeline.uid, asked, asking);
  const measures = useMeasures(pipeline.uid).data ?? {};
  const more = useMoreCards(pipeline.uid, asked);
  const unfolded = search.ouvertes ?? [];
  const fold = (stage: string) =>
    change({ ouvertes: unfolded.includes(stage) ? unfolded.filter((each) => each !== stage) : [...unfolded, stage] });
  const mapId = useMapIds()(pipeline.map);
  const add = object.may.create ? () => setCreating(true) : null;
  return (
    <>
      <PageHead crumbs={[say(object.plural), say(pipeline.label)]}>
        {mapId && (
          <Button
            component={Link}
            to="/cartes/$id"
            params={{ id: mapId } as never}
            variant="default"
            leftSection={<IconRoute size={15} />}
            visibleFrom="sm"
          >
            {t('pipeline.seeMap')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconHistory size={15} />} onClick={() => setComparing(true)}>
          {t('changes.open')}
        </Button>
        {add && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {say(object.label)}
          </Button>
        )}
      </PageHead>
      <PipelineTools search={search} object={object} pipeline={pipeline.uid} onChange={change} />
      {search.si && (
        <Suspense>
          <Built search={search} object={object} onChange={change} />
        </Suspense>
      )}
      <Totals board={board.data} measures={measures} money={has(object, 'amount')} dated={has(object, 'close_on')} />
      {search.vue === 'tableau' ? (
        <Suspense fallback={<Loading />}>
          <RecordTable
            object={object}
            asked={{ ...asked, condition: narrowed({ field: 'pipeline', test: 'equals', value: pipeline.uid }) }}
            search={search}
            onChange={change}
          />
        </Suspense>
      ) : (
        <Await query={board}>
          {(known) => (
            <Board
              board={known}
              measures={measures}
              money={has(object, 'amount')}
              mayMove={object.may.update === true}
              unfolded={unfolded}
              onFold={fold}
              onMore={more}
              onMove={start}
              onAdd={add}
            />
          )}
        </Await>
      )}
      {dialog}
      {comparing && (
        <Suspense>
          <ChangesDrawer
            pipeline={pipeline.uid}
            object={object.name}
            asked={asked}
            onClose={() => setComparing(false)}
          />
        </Suspense>
      )}
      {creating && (
        <Suspense>
          <CreateDialog object={object} pipeline={pipeline.uid} onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </>
  );
}
const has = (object: ObjectShape, name: string) => object.fields.some((field) => field.name === name);
