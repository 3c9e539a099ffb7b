/** A record: who it is, where it stands on the map, what happened, what it is linked to. */
import { Alert, Button, Menu, ActionIcon, Group } from '@mantine/core';
import { IconArrowMerge, IconDots, IconTrash } from '@tabler/icons-react';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import { ago, hueOf } from '@/lib/format';
import { Activities } from './activities/Activities';
import { Decided, Locked } from './approvals/OnRecord';
import { ByItself } from './ByItself';
import { isPersonal, stageLabel } from './columns';
import { Documents } from './Documents';
import { Fields } from './Fields';
import { Merged, MergeWith } from './Merged';
import { PositionPanel } from './PositionPanel';
import { Promised } from './Promised';
import { useRecord, useTimeline } from './queries';
import s from './RecordPage.module.css';
import { useRefresh } from './refresh';
import { RelatedLists } from './RelatedLists';
import { Stakeholders } from './Stakeholders';
import { useTranslation } from './texts';
import { Timeline } from './Timeline';

const DeleteDialog = lazy(() => import('./DeleteDialog'));
const Privacy = lazy(() => import('./Privacy'));

export function RecordPage() {
  const { t } = useTranslation('records');
  const say = useSay();
  const { object: name, id } = useParams({ strict: false }) as { object: string; id: string };
  const schema = useSchemaQuery();
  const record = useRecord(name, id);
  return (
    <Await query={schema}>
      {({ objects }) => {
        const object = objects.find((each) => each.name === name);
        if (!object) return <Empty title={t('list.notThere')}>{t('list.notThereLead')}</Empty>;
        if (record.data && String(record.data.id) !== id)
          return <Navigate replace to="/fiches/$object/$id" params={{ object: name, id: String(record.data.id) }} />;
        if (record.data) return <Shown key={id} object={object} record={record.data} />;
        return (
          <>
            <PageHead crumbs={[say(object.label)]} />
            <Await query={record}>{() => null}</Await>
          </>
        );
      }}
    </Await>
  );
}
function Shown({ object, record }: { object: ObjectShape; record: RecordAnswer }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const travels = pipelines.find((each) => each.uid === record.values.pipeline && each.object === object.name);
  const stage = stageLabel(pipelines, record.values.stage);
  const title = record.title || `#${record.id}`;
  return (
    <>
      <PageHead
        crumbs={[
          travels ? (
            <Link key="list" to="/pipeline/$pipeline" params={{ pipeline: travels.uid }}>
              {say(travels.label)}
            </Link>
          ) : (
            <Link key="list" to="/fiches/$object" params={{ object: object.name }}>
              {say(object.plural)}
            </Link>
          ),
          title,
        ]}
      >
        {record.may.delete && !record.deleted_at && <More object={object} record={record} />}
      </PageHead>
      <div className={s.page}>
        <div className={s.main}>
          {record.deleted_at && <Binned object={object} record={record} />}
          <Merged object={object} record={record} />
          <Locked object={object.name} id={String(record.id)} />
          <header className={s.identity}>
            <Monogram name={title} hue={hueOf(title)} size={40} />
            <div>
              <h2>
                {title} {stage && <Badge tone="accent">{say(stage)}</Badge>}
              </h2>
              <LastTouch object={object.name} id={String(record.id)} />
            </div>
          </header>
          {!record.deleted_at && (
            <Activities about={aboutOf(object, record)} title={title} open={!record.values.closed_at} />
          )}
          <Fields object={object} record={record} />
          <Documents object={object} record={record} />
          <RelatedLists object={object.name} id={String(record.id)} />
          {isPersonal(object) && (
            <Suspense>
              <Privacy object={object} record={record} />
            </Suspense>
          )}
        </div>
        <aside className={s.aside} aria-label={t('position.aside')}>
          {travels && <PositionPanel object={object} record={record} pipeline={travels} />}
          <Stakeholders object={object} record={record} />
          <Promised object={object.name} id={String(record.id)} />
          <Decided object={object.name} id={String(record.id)} />
          <ByItself object={object.name} id={String(record.id)} />
          <Timeline object={object.name} id={String(record.id)} />
        </aside>
      </div>
    </>
  );
}
/** A record as activities are about it, with its main contact if it has one. */
function aboutOf(object: ObjectShape, record: RecordAnswer) {
  const about = { object: object.name, id: record.id };
  return record.linked.contact?.object === 'contact' ? { ...about, contact: record.values.contact } : about;
}
/** Who touched it last, on what: the first thing one asks. */
function LastTouch({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const last = useTimeline(object, id).data?.pages[0]?.rows[0];
  if (!last) return <p className={s.touch}>&nbsp;</p>;
  return (
    <p className={s.touch}>
      <b>{last.actor?.name ?? t('timeline.system')}</b>{' '}
      {last.activity?.kind ? `${t(`activity.kind.${last.activity.kind}`)} · ${last.say}` : last.say}, {ago(last.at)}
    </p>
  );
}
interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
function useBin({ object, record }: Props) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const address = `/api/records/${object.name}/${record.id}`;
  const restore = async () => {
    try {
      await http.post(`${address}/restore`);
      toast(t('list.restored', { title: record.title ?? '' }));
      await refresh(object.name, record.id);
    } catch (error) {
      toastProblem(error);
    }
  };
  const remove = async () => {
    await http.delete(address);
    toastUndo(t('record.deleted', { title: record.title ?? '' }), t('record.undo'), () => void restore());
    await refresh(object.name);
  };
  return { restore, remove };
}
function Binned(props: Props) {
  const { t } = useTranslation('records');
  const { restore } = useBin(props);
  return (
    <Alert color="orange" variant="light">
      <Group justify="space-between">
        {t('record.binned')}
        <Button variant="default" onClick={() => void restore()}>
          {t('list.restore')}
        </Button>
      </Group>
    </Alert>
  );
}
function More(props: Props) {
  const { t } = useTranslation('records');
  const navigate = useNavigate();
  const { remove } = useBin(props);
  const [asking, setAsking] = useState(false);
  const [merging, setMerging] = useState(false);
  const go = async () => {
    await remove();
    await navigate({ to: '/fiches/$object', params: { object: props.object.name } });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('record.actions')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowMerge size={15} />} onClick={() => setMerging(true)}>
            {t('merge.with')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
            {t('record.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {merging && <MergeWith {...props} onClose={() => setMerging(false)} onDone={() => setMerging(false)} />}
      {asking && (
        <Suspense>
          <DeleteDialog {...props} onDelete={go} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
