/** Where a record stands on the map: the way so far, what its stage still asks, where it may go. */
import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconCircleDashed, IconCircleX, IconRoute } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Position, RecordAnswer } from '@/client/records';
import { type ObjectShape, type PipelineShape, useSay } from '@/client/schema';
import { Await } from '@/design/states';
import { duration } from '@/lib/format';
import { OnMap } from './OnMap';
import { stageLabel } from './columns';
import { useMapIds, usePosition } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';
import { useMove } from './useMove';

const Ahead = lazy(() => import('./Ahead'));

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  pipeline: PipelineShape;
}
export function PositionPanel({ object, record, pipeline }: Props) {
  const { t } = useTranslation('records');
  const position = usePosition(object.name, String(record.id), true);
  const map = useMapIds()(pipeline.map);
  return (
    <section className={s.panel}>
      <h3>
        {t('position.title')}
        {map && (
          <Link
            to="/cartes/$id"
            params={{ id: map }}
            search={{ element: pipeline.stages.find((each) => each.uid === record.values.stage)?.origin?.element }}
            aria-label={t('pipeline.seeMap')}
            title={t('pipeline.seeMap')}
          >
            <IconRoute size={15} />
          </Link>
        )}
      </h3>
      <Await query={position} rows={3}>
        {(known) =>
          known && (
            <>
              <Path position={known} />
              {!record.deleted_at && (
                <Suspense>
                  <Ahead object={object.name} id={record.id} />
                </Suspense>
              )}
              <Asked position={known} />
              <Next position={known} object={object} record={record} pipeline={pipeline} />
            </>
          )
        }
      </Await>
    </section>
  );
}
function Path({ position }: { position: Position }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const last = position.path.length - 1;
  return (
    <ol className={s.path}>
      {position.path.map((each, index) => (
        <li
          key={`${each.stage}.${index}`}
          data-here={index === last || undefined}
          data-skipped={each.skipped || undefined}
        >
          <i aria-hidden />
          <span>{say(each.label)}</span>
          <small className="num">
            {each.skipped
              ? t('position.skipped')
              : index === last
                ? t('position.here', { duration: duration(sinceSeconds(each.seconds, each.entered_at)) })
                : duration(each.seconds)}
          </small>
        </li>
      ))}
    </ol>
  );
}
const MS = 1000;
const sinceSeconds = (seconds: number | null, entered: string | null) =>
  seconds ?? (entered ? (Date.now() - new Date(entered).getTime()) / MS : null);

function Asked({ position }: { position: Position }) {
  const { t } = useTranslation('records');
  const say = useSay();
  if (!position.criteria.length && !position.missing.length) return null;
  const icon = (met: boolean | null) =>
    met === true ? (
      <IconCircleCheckFilled size={15} color="var(--pt-green)" />
    ) : met === false ? (
      <IconCircleX size={15} color="var(--pt-red)" />
    ) : (
      <IconCircleDashed size={15} color="var(--pt-text-3)" />
    );
  const word = (met: boolean | null) => (met === true ? 'met' : met === false ? 'unmet' : 'byHand');
  return (
    <>
      <h4>{t('position.criteria')}</h4>
      <ul className={s.criteria}>
        {position.criteria.map((each) => (
          <li key={each.id}>
            {icon(each.met)}
            <span>{say(each.label)}</span>
            <span className="sr">{t(`position.${word(each.met)}`)}</span>
            <OnMap origin={each.origin} />
          </li>
        ))}
        {position.missing.map((each) => (
          <li key={each.field}>
            <IconCircle size={15} color="var(--pt-amber)" />
            <span>{t('position.missing', { fields: say(each.label) })}</span>
            <OnMap origin={each.origin} />
          </li>
        ))}
      </ul>
    </>
  );
}
function Next({ position, object, record, pipeline }: Props & { position: Position }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const { start, dialog } = useMove();
  if (!record.may.move || record.deleted_at || !position.next.length) return dialog;
  const fromLabel = say(stageLabel([pipeline], record.values.stage));
  const ways = [...position.next].sort((one, two) => Number(one.back) - Number(two.back));
  return (
    <>
      <h4>{t('position.next')}</h4>
      <div className={s.moves}>
        {ways.map((each, index) => (
          <Button
            key={each.to}
            variant={each.back ? 'subtle' : index ? 'default' : 'filled'}
            color={each.back || index ? 'gray' : undefined}
            onClick={() =>
              start({
                object: object.name,
                id: record.id,
                version: record.version,
                title: record.title ?? '',
                to: each.to,
                toLabel: say(each.label),
                fromLabel,
                seen: record.values,
              })
            }
          >
            {each.back ? t('position.back', { stage: say(each.label) }) : say(each.label)}
          </Button>
        ))}
      </div>
      {dialog}
    </>
  );
}
