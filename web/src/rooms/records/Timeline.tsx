/** What happened to a record, the latest first: who, when, what changed, why. */
import { Button } from '@mantine/core';
import { Monogram, Rose } from '@/design/ui';
import { Await } from '@/design/states';
import type { Happening } from '@/client/records';
import { useSay } from '@/client/schema';
import { ago, dayTime } from '@/lib/format';
import { useTimeline } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

export function Timeline({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const timeline = useTimeline(object, id);
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
                <Event key={each.id} happening={each} />
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
function Event({ happening }: { happening: Happening }) {
  const { t } = useTranslation('records');
  const { actor, at, motive, changes } = happening;
  return (
    <li>
      {actor ? <Monogram name={actor.name} hue={actor.hue} size={20} round /> : <Rose size={20} />}
      <div>
        <p>
          <b>{actor?.name ?? t('timeline.system')}</b> {happening.say}
        </p>
        {changes.length > 0 && <Changes changes={changes} />}
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
/** The values are said by the server, in words. */
function Changes({ changes }: Pick<Happening, 'changes'>) {
  const say = useSay();
  return (
    <ul className={s.changes}>
      {changes.slice(0, MOST).map((each) => (
        <li key={each.field}>
          <span>{say(each.label)}</span> {each.before || '–'} → {each.after || '–'}
        </li>
      ))}
    </ul>
  );
}
