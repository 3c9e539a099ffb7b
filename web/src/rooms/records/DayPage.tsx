/** One's working day: what is late, for today and next, by what is at stake; the deals that wait for nothing. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBed, IconCalendarPlus, IconConfetti } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Kbd, Stat } from '@/design/ui';
import { integer, money, shortDay } from '@/lib/format';
import { CHOICES, dayOf, inDays } from './activities/dates';
import NextStep from './activities/NextStep';
import { type About, type Activity, useActivities, useLinkTo } from './activities/queries';
import { Waiting } from './activities/Waiting';
import { ToDecide } from './approvals/ToDecide';
import { stageLabel } from './columns';
import s from './DayPage.module.css';
import './day/texts';
import { useSheetTitle } from './meeting/title';
import { type Renewal, Renewals } from './Renewals';
import { useTranslation } from './texts';

const DueReviews = lazy(() => import('@/reviews/DueReviews'));
interface Deal {
  object: string;
  id: number;
  version: number;
  title: string;
  account: string | null;
  /** The amount times the probability in percent. */
  worth: number;
  amount?: string | null;
  stage?: string | null;
  close_on?: string | null;
}
interface Item extends Activity {
  deal: Deal | null;
}
interface Day {
  overdue: Item[];
  today: Item[];
  next: Item[];
  adrift: Deal[];
  renewals: Renewal[];
  done: number;
}
const PARTS = ['overdue', 'today', 'next'] as const;
const HUNDRED = 100;

export function DayPage() {
  const { t } = useTranslation('records');
  const day = useQuery({ queryKey: ['day'], queryFn: () => http.get<Day>('/api/day') });
  return (
    <>
      <PageHead crumbs={[t('day:title')]} />
      <Await query={day}>{(known) => <Shown day={known} />}</Await>
    </>
  );
}
function Shown({ day }: { day: Day }) {
  const { t } = useTranslation('records');
  const [asking, setAsking] = useState<Deal | null>(null);
  const link = useLinkTo(asking?.object ?? 'opportunity');
  const pressing = day.overdue.length + day.today.length;
  const stake = [...day.overdue, ...day.today].reduce((sum, each) => sum + (each.deal?.worth ?? 0), 0) / HUNDRED;
  const finished = (_: number, activity: Activity) => {
    const { deal } = activity as Item;
    const others = PARTS.flatMap((part) => day[part]).some(
      (each) => each.id !== activity.id && each.deal?.id === deal?.id,
    );
    if (deal && !others) setAsking(deal);
  };
  return (
    <div className={s.page} onKeyDown={onKey}>
      <div className={s.stats} role="group" aria-label={t('day:summary')} tabIndex={0}>
        <Stat
          label={t('day:overdue')}
          value={integer(day.overdue.length)}
          tone={day.overdue.length ? 'red' : undefined}
        />
        <Stat label={t('day:today')} value={integer(day.today.length)} />
        <Stat label={t('day:stake')} value={money(stake)} hint={t('day:stakeHint')} />
        <Stat label={t('day:done')} value={integer(day.done)} tone={day.done ? 'green' : undefined} />
      </div>
      <ToDecide className={s.part} />
      <Suspense>
        <DueReviews className={s.part} />
      </Suspense>
      {pressing === 0 && <Free day={day} />}
      {PARTS.filter((part) => day[part].length > 0).map((part) => (
        <section key={part} className={s.part} aria-label={t(`day:${part}`)}>
          <h2 data-late={part === 'overdue' || undefined}>
            {t(`day:${part}`)} <small className="num">{integer(day[part].length)}</small>
          </h2>
          <Waiting activities={day[part]} about={(each) => <About item={each as Item} />} onFinished={finished} />
        </section>
      ))}
      {day.adrift.length > 0 && (
        <section className={s.part} aria-label={t('day:adrift')}>
          <h2>
            {t('day:adrift')} <small className="num">{integer(day.adrift.length)}</small>
          </h2>
          <p className={s.lead}>{t('day:adriftLead')}</p>
          <ul className={s.adrift}>
            {day.adrift.map((each) => (
              <Adrift key={each.id} deal={each} onPlan={() => setAsking(each)} />
            ))}
          </ul>
        </section>
      )}
      {day.renewals.length > 0 && <Renewals contracts={day.renewals} />}
      {PARTS.some((part) => day[part].length > 0) && (
        <p className={s.keys}>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('day:keys.move')} · <Kbd>F</Kbd> {t('day:keys.finish')} · <Kbd>R</Kbd>{' '}
          {t('day:keys.snooze')} · <Kbd>P</Kbd> {t('day:keys.plan')} · <Kbd>↵</Kbd> {t('day:keys.open')}
        </p>
      )}
      {asking && link && (
        <NextStep about={asking} link={link} title={asking.title} hint="" onClose={() => setAsking(null)} />
      )}
    </div>
  );
}
/** Nothing presses: well done, and where to go from here. */
function Free({ day }: { day: Day }) {
  const { t } = useTranslation('records');
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const deals = pipelines.find((each) => each.object === 'opportunity') ?? pipelines[0];
  const what = day.adrift.length ? 'adrift' : day.next.length ? 'next' : 'nothing';
  return (
    <Empty
      icon={<IconConfetti size={30} stroke={1.3} />}
      title={t(day.done ? 'day:freeDone' : 'day:free', { count: day.done })}
      action={
        deals && (
          <Button component={Link} to="/pipeline/$pipeline" params={{ pipeline: deals.uid } as never} variant="default">
            {t('day:toPipeline')}
          </Button>
        )
      }
    >
      {t(`day:then.${what}`, { count: day.adrift.length })}
    </Empty>
  );
}
function Before({ object, id, meeting }: { object: string; id: string; meeting: number }) {
  return (
    <Link to="/fiches/$object/$id/avant" params={{ object, id }} search={{ rendez_vous: meeting } as never}>
      {useSheetTitle(object)}
    </Link>
  );
}
function About({ item }: { item: Item }) {
  const { deal, linked } = item;
  const other = Object.values(linked).find((each) => each?.object && each.title);
  const shown =
    deal ?? (other && { object: other.object!, id: other.id, title: other.title!, account: null, worth: 0 });
  if (!shown) return null;
  return (
    <p className={s.about}>
      <Link to="/fiches/$object/$id" params={{ object: shown.object, id: String(shown.id) }}>
        {shown.title}
      </Link>
      {deal?.account && <span>{deal.account}</span>}
      {deal && deal.worth > 0 && <b className="num">{money(deal.worth / HUNDRED)}</b>}
      {item.kind === 'meeting' && <Before object={shown.object} id={String(shown.id)} meeting={item.id} />}
    </p>
  );
}
function Adrift({ deal, onPlan }: { deal: Deal; onPlan: () => void }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const stage = stageLabel(pipelines, deal.stage);
  return (
    <li data-item tabIndex={-1}>
      <div>
        <Link to="/fiches/$object/$id" params={{ object: deal.object, id: String(deal.id) }}>
          {deal.title}
        </Link>
        <p className={s.about}>
          {stage && <Badge>{say(stage)}</Badge>}
          {deal.account && <span>{deal.account}</span>}
          {deal.amount && <b className="num">{money(deal.amount)}</b>}
          {deal.close_on && <span>{t('day:closes', { when: shortDay(deal.close_on) })}</span>}
        </p>
      </div>
      <Button variant="default" size="xs" leftSection={<IconCalendarPlus size={14} />} data-do="plan" onClick={onPlan}>
        {t('activity.plan')}
      </Button>
      <Rest deal={deal} />
    </li>
  );
}
const DAYS = [7, 30, 90] as const;
/** Nothing to do before a day: the deal is not flagged until then. */
function Rest({ deal }: { deal: Deal & About }) {
  const { t } = useTranslation('records');
  const { rest } = useActivities();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={26} data-do="snooze" aria-label={t('day:rest', { title: deal.title })}>
          <IconBed size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('day:restUntil')}</Menu.Label>
        <Menu.Item onClick={() => void rest(deal, deal.version, dayOf(CHOICES[3][1]()))}>
          {t('activity.when.monday')}
        </Menu.Item>
        {DAYS.map((days) => (
          <Menu.Item key={days} onClick={() => void rest(deal, deal.version, dayOf(inDays(days)))}>
            {t('day:inDays', { days })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
const DOES: Record<string, string> = { f: 'finish', r: 'snooze', p: 'plan' };
/** Arrows go from line to line; letters do what the line offers. */
function onKey(event: KeyboardEvent<HTMLElement>) {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input,textarea,[role=menu],[role=dialog]'))
    return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-item]')];
  const here = lines.findIndex((each) => each.contains(target));
  const key = event.key.toLowerCase();
  if (key === 'arrowdown' || key === 'arrowup') {
    lines[Math.max(0, Math.min(lines.length - 1, here + (key === 'arrowdown' ? 1 : -1)))]?.focus();
    event.preventDefault();
  } else if (here >= 0 && key === 'enter' && target === lines[here]) lines[here]!.querySelector('a')?.click();
  else if (here >= 0 && DOES[key]) lines[here]!.querySelector<HTMLElement>(`[data-do=${DOES[key]}]`)?.click();
}
