/** Open activities, each done or put off where it stands. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Badge } from '@/design/ui';
import { shortDay } from '@/lib/format';
import { useTranslation } from '../texts';
import s from './Activities.module.css';
import { CHOICES, inDays, morningOf, standing } from './dates';
import { ICONS } from './kinds';
import { type Activity, useActivities } from './queries';

interface Props {
  activities: Activity[];
  /** What is said of each beside its name. */
  about?: (activity: Activity) => ReactNode;
  /** One was done; how many are left. */
  onFinished: (left: number, activity: Activity) => void;
}
export function Waiting({ activities, about, onFinished }: Props) {
  const { finish } = useActivities();
  const done = async (activity: Activity) => {
    if (await finish(activity)) onFinished(activities.length - 1, activity);
  };
  return (
    <ul className={s.waiting}>
      {activities.map((each) => (
        <One key={each.id} activity={each} about={about} onDone={() => void done(each)} />
      ))}
    </ul>
  );
}
function One({ activity, about, onDone }: { activity: Activity; about: Props['about']; onDone: () => void }) {
  const { t } = useTranslation('records');
  const { name, due_at: due, kind, may_update: may } = activity;
  const when = standing(due);
  return (
    <li data-item tabIndex={-1}>
      {may && (
        <ActionIcon
          variant="default"
          radius="xl"
          size={26}
          data-do="finish"
          aria-label={t('activity.finish', { name })}
          onClick={onDone}
        >
          <IconCheck size={15} />
        </ActionIcon>
      )}
      <span className={s.icon} title={kind ? t(`activity.kind.${kind}`) : undefined}>
        {kind && ICONS[kind]}
      </span>
      <div>
        <b>{name}</b>
        {about?.(activity)}
      </div>
      {due && (
        <Badge tone={when === 'late' ? 'red' : when === 'today' ? 'amber' : 'neutral'}>
          <time dateTime={due}>{shortDay(due)}</time>
        </Badge>
      )}
      {may && <Snooze activity={activity} />}
    </li>
  );
}
function Snooze({ activity }: { activity: Activity }) {
  const { t } = useTranslation('records');
  const { snooze } = useActivities();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={26} data-do="snooze" aria-label={t('activity.snooze', { name: activity.name })}>
          <IconClock size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.filter(([name]) => name !== 'today').map(([name, at]) => (
          <Menu.Item key={name} onClick={() => void snooze(activity, at())}>
            {t(`activity.when.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void snooze(activity, inDays(30))}>{t('activity.when.month')}</Menu.Item>
        <Menu.Divider />
        <input
          type="date"
          className={s.date}
          aria-label={t('activity.when.day')}
          onChange={(event) => event.currentTarget.value && void snooze(activity, morningOf(event.currentTarget.value))}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
