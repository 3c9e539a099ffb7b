/** A record: who it is, where it stands on the map, what happened, what it is linked to. */
import { Alert, Button, Group } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { RecordAnswer } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import { ago, hueOf } from '@/lib/format';
import { Activities } from './activities/Activities';
import { useActivityObject } from './activities/queries';
import { Decided, Locked } from './approvals/OnRecord';
import { ByItself } from './ByItself';
import { isPersonal, stageLabel } from './columns';
import { Documents } from './Documents';
import { Fields } from './Fields';
import { useSheetTitle } from './meeting/title';
import { Merged } from './Merged';
import { PositionPanel } from './PositionPanel';
import { Promised } from './Promised';
import { useRecord, useTimeline } from './queries';
import s from './RecordPage.module.css';
import { RelatedLists } from './RelatedLists';
import { Stakeholders } from './Stakeholders';
import { useTranslation } from './texts';
import { Taking } from './Taking';
import { Timeline } from './Timeline';
import { useBin } from './useBin';

const Privacy = lazy(() => import('./privacy/Privacy'));
const Figures = lazy(() => import('./figures/Figures'));
const Converted = lazy(() => import('./conversion/Converted'));
const QuoteSheet = lazy(() => import('./quotes/QuoteSheet'));
const Quotes = lazy(() => import('./quotes/Quotes'));
const RecordMenu = lazy(() => import('./menu/RecordMenu'));

/** What has a place of its own on the page of an object. */
const ELSEWHERE: Record<string, readonly string[]> = { quote: ['quote_line', 'quote'], opportunity: ['quote'] };

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
  const recordable = Boolean(useSession().may.maps && travels);
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
        {!record.deleted_at && <BeforeMeeting object={object.name} id={String(record.id)} />}
        {(record.may.delete || record.may.ask_deletion || recordable) && !record.deleted_at && (
          <Suspense>
            <RecordMenu object={object} record={record} recordable={recordable} />
          </Suspense>
        )}
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
            <Suspense>
              <Figures object={object.name} id={String(record.id)} />
            </Suspense>
          )}
          {!record.deleted_at && (
            <Activities about={aboutOf(object, record)} title={title} open={!record.values.closed_at} />
          )}
          {object.uid === 'lead' && !record.deleted_at && (
            <Suspense>
              <Converted object={object} record={record} />
            </Suspense>
          )}
          {object.uid === 'quote' && (
            <Suspense>
              <QuoteSheet object={object} record={record} />
            </Suspense>
          )}
          {object.uid === 'opportunity' && !record.deleted_at && (
            <Suspense>
              <Quotes object={object} record={record} />
            </Suspense>
          )}
          <Fields object={object} record={record} />
          <Documents object={object} record={record} />
          <RelatedLists object={object.name} id={String(record.id)} without={ELSEWHERE[object.uid] ?? []} />
          {isPersonal(object) && (
            <Suspense>
              <Privacy object={object} record={record} />
            </Suspense>
          )}
        </div>
        <aside className={s.aside} aria-label={t('position.aside')}>
          {travels && <PositionPanel object={object} record={record} pipeline={travels} />}
          <Stakeholders object={object} record={record} />
          <Taking object={object.name} id={String(record.id)} />
          <Promised object={object.name} id={String(record.id)} />
          <Decided object={object.name} id={String(record.id)} />
          <ByItself object={object.name} id={String(record.id)} />
          <Timeline object={object.name} id={String(record.id)} />
        </aside>
      </div>
    </>
  );
}
/** The sheet to read before one meets the client, of whatever one may meet about. */
function BeforeMeeting({ object, id }: { object: string; id: string }) {
  const title = useSheetTitle(object);
  const about = useActivityObject()?.fields.some((field) => field.type === 'link' && field.to === object);
  if (!about) return null;
  return (
    <Link to="/fiches/$object/$id/avant" params={{ object, id }} className={s.before} aria-label={title}>
      <IconClipboardText size={15} stroke={1.7} aria-hidden />
      <span>{title}</span>
    </Link>
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
function Binned(props: { object: ObjectShape; record: RecordAnswer }) {
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
