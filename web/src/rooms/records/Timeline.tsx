/** What happened to a record, the latest first: who, when, what changed, why. */
import { Button } from '@mantine/core';
import { Monogram, Rose } from '@/design/ui';
import { Await } from '@/design/states';
import type { Happening } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldValue } from '@/fields';
import { ago, dayTime } from '@/lib/format';
import { stageLabel } from './columns';
import { useTimeline } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

export function Timeline({ object, id }: { object: ObjectShape; id: string }) {
  const { t } = useTranslation('records');
  const timeline = useTimeline(object.name, id);
  return (
    <section className={s.panel}>
      <h3>{t('timeline.title')}</h3>
      <Await query={timeline} rows={4}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (!rows.length) return <p className={s.touch}>{t('timeline.empty')}</p>;
          return (
            <ol className={s.timeline}>
              {rows.map((each) => (
                <Event key={each.id} happening={each} object={object} />
              ))}
            </ol>
          );
        }}
      </Await>
      {timeline.hasNextPage && (
        <Button variant="subtle" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}
function Event({ happening, object }: { happening: Happening; object: ObjectShape }) {
  const { t } = useTranslation('records');
  const { actor, at, motive, changes } = happening;
  return (
    <li>
      {actor ? <Monogram name={actor.name} hue={actor.hue} size={20} round /> : <Rose size={20} />}
      <div>
        <p>
          <b>{actor?.name ?? t('timeline.system')}</b> {happening.say}
        </p>
        {changes.length > 0 && <Changes happening={happening} object={object} />}
        {motive && <p className={s.motive}>{t('timeline.motive', { motive })}</p>}
        <small>
          <time dateTime={at} title={dayTime(at)}>
            {ago(at)}
          </time>
        </small>
      </div>
    </li>
  );
}
const MOST = 6;
function Changes({ happening, object }: { happening: Happening; object: ObjectShape }) {
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const shown = (name: string, value: unknown) => {
    const stage = name === 'stage' ? stageLabel(pipelines, value) : null;
    const field = object.fields.find((each) => each.name === name);
    if (stage) return say(stage);
    return field ? <FieldValue field={field} value={value} /> : String(value ?? '–');
  };
  return (
    <ul className={s.changes}>
      {happening.changes.slice(0, MOST).map((each) => (
        <li key={each.field}>
          <span>{say(each.label)}</span> {shown(each.field, each.before)} → {shown(each.field, each.after)}
        </li>
      ))}
    </ul>
  );
}
