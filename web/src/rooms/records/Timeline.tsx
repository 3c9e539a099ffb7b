/** What happened to a record and what was said about it, the latest first, channel by channel if asked. */
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Badge, Chip, Monogram, Rose } from '@/design/ui';
import { Await } from '@/design/states';
import { usePeople } from '@/client/people';
import type { Happening } from '@/client/records';
import { useSay } from '@/client/schema';
import { ago, dayTime } from '@/lib/format';
import { Mentioning } from '@/threads/Mentioning';
import { ICONS } from './activities/kinds';
import { type Activity, KINDS, useActivities, useActivityObject } from './activities/queries';
import { Mailed } from './Mailed';
import { type Mail, useMails, useTimeline } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const CHANNELS = ['record', ...KINDS] as const;
export function Timeline({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const [channel, setChannel] = useState('');
  const timeline = useTimeline(object, id, channel);
  const mails = useMails(object, id).data ?? [];
  return (
    <section className={s.panel}>
      <h3>{t('timeline.title')}</h3>
      <div className={s.channels} role="group" aria-label={t('timeline.channels')}>
        <Chip active={!channel} onClick={() => setChannel('')}>
          {t('timeline.all')}
        </Chip>
        {CHANNELS.map((each) => (
          <Chip key={each} active={channel === each} onClick={() => setChannel(channel === each ? '' : each)}>
            {t(`activity.kind.${each}`)}
          </Chip>
        ))}
      </div>
      <Await query={timeline} rows={4}>
        {({ pages }) => {
          const told = pages.flatMap((page) => page.rows);
          const written = !channel || channel === 'email' ? mails : [];
          const rows = together(told, written, timeline.hasNextPage);
          if (!rows.length) return <p className={s.touch}>{t('timeline.empty')}</p>;
          return (
            <ol className={s.timeline}>
              {rows.map((each) =>
                'to' in each ? (
                  <Mailed key={each.id} mail={each} />
                ) : each.activity ? (
                  <Said key={each.id} happening={each} activity={each.activity} self={object} />
                ) : (
                  <Event key={each.id} happening={each} />
                ),
              )}
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
/** Puts the mails among what is shown, the latest first; those older than what is shown come with it. */
function together(told: Happening[], mails: Mail[], more: boolean): (Happening | Mail)[] {
  const oldest = more ? (told.at(-1)?.at ?? '') : '';
  const moment = (each: Happening | Mail) => Date.parse(each.at);
  const shown = mails.filter((each) => !oldest || moment(each) >= Date.parse(oldest));
  return [...told, ...shown].sort((one, two) => moment(two) - moment(one));
}
const When = ({ at }: { at: string }) => (
  <small>
    <time dateTime={at} title={dayTime(at)}>
      {ago(at)}
    </time>
  </small>
);
/** A call, a mail, a meeting: what about, how it ended, what was said. */
function Said({ happening, activity, self }: { happening: Happening; activity: Activity; self: string }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const { reopen } = useActivities();
  const people = usePeople().data ?? [];
  const fields = useActivityObject()?.fields;
  const outcome = fields
    ?.find((each) => each.name === 'outcome')
    ?.choices.find((each) => each.id === activity.outcome)?.label;
  const others = Object.entries(activity.linked).flatMap(([name, each]) =>
    each?.object && each.object !== self && each.title && name !== 'account' ? [each] : [],
  );
  return (
    <li>
      <span className={s.channel} title={activity.kind ? t(`activity.kind.${activity.kind}`) : undefined}>
        {activity.kind && ICONS[activity.kind]}
      </span>
      <div>
        <p>
          <b>{activity.name}</b> {outcome && <Badge>{say(outcome)}</Badge>}
        </p>
        {activity.body && activity.body !== activity.name && (
          <p className={s.body}>
            <Mentioning body={activity.body} people={people} />
          </p>
        )}
        <p className={s.motive}>
          {happening.actor?.name}
          {others.map((each) => (
            <span key={`${each.object}${each.id}`}>
              {' · '}
              <Link to="/fiches/$object/$id" params={{ object: each.object!, id: String(each.id) }}>
                {each.title}
              </Link>
            </span>
          ))}
        </p>
        <When at={happening.at} />
      </div>
      {activity.may_update && activity.kind === 'task' && (
        <ActionIcon
          size={24}
          aria-label={t('activity.reopen', { name: activity.name })}
          onClick={() => void reopen(activity)}
        >
          <IconArrowBackUp size={14} />
        </ActionIcon>
      )}
    </li>
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
        <When at={at} />
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
