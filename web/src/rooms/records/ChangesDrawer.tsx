/** What changed in a pipeline since Monday, or a day: deal by deal, the sums before and now reconciled. */
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { Await } from '@/design/states';
import { Stat } from '@/design/ui';
import { day as sayDay, integer, money, shortDay } from '@/lib/format';
import { dayOf } from './activities/dates';
import s from './Changes.module.css';
import { stageLabel } from './columns';
import type { Asked } from './queries';
import { useTranslation } from './texts';

interface State {
  stage: string;
  amount?: string | null;
  close_on?: string | null;
}
interface Shift {
  id: number;
  title: string;
  delta: string;
  then: State | null;
  now: State;
}
interface Changes {
  since: string;
  before: { count: number; sum: string | null };
  now: { count: number; sum: string | null };
  changes: { kind: string; count: number; sum: string | null; deals: Shift[] }[];
}
interface Props {
  pipeline: string;
  object: string;
  asked: Asked;
  onClose: () => void;
}
export default function ChangesDrawer({ pipeline, object, asked, onClose }: Props) {
  const { t } = useTranslation('records');
  const [since, setSince] = useState<string | null>(null);
  const { words, condition } = asked;
  const changes = useQuery({
    queryKey: ['board', pipeline, 'changes', since, words, condition],
    queryFn: ({ signal }) =>
      http.get<Changes>(`/api/pipelines/${pipeline}/changes`, { words, condition, since }, signal),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={since ? t('changes.since', { when: sayDay(since) }) : t('changes.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <label className={s.since}>
        {t('changes.pick')}
        <input
          type="date"
          max={dayOf(new Date())}
          value={since ?? changes.data?.since ?? ''}
          onChange={(event) => setSince(event.currentTarget.value || null)}
        />
      </label>
      <Await query={changes}>{(known) => <Shown known={known} object={object} />}</Await>
    </Drawer>
  );
}
function Shown({ known, object }: { known: Changes; object: string }) {
  const { t } = useTranslation('records');
  const { before, now } = known;
  const said = ({ count, sum }: Changes['now']) => (sum === null ? integer(count) : money(sum));
  return (
    <>
      <div className={s.sums} role="group" aria-label={t('changes.sums')}>
        <Stat label={t('changes.before')} value={said(before)} hint={t('total.count', { count: before.count })} />
        <Stat label={t('changes.now')} value={said(now)} hint={t('total.count', { count: now.count })} />
      </div>
      {known.changes.length === 0 && <p className={s.none}>{t('changes.none')}</p>}
      {known.changes.map(({ kind, count, sum, deals }) => (
        <section key={kind} className={s.kind}>
          <h3>
            {t(`changes.kind.${kind}`)} <small className="num">{integer(count)}</small>
            {sum !== null && now.sum !== null && <b className="num">{signed(sum)}</b>}
          </h3>
          <ul>
            {deals.map((each) => (
              <li key={each.id}>
                <Link to="/fiches/$object/$id" params={{ object, id: String(each.id) }}>
                  {each.title || `#${each.id}`}
                </Link>
                <What kind={kind} shift={each} />
              </li>
            ))}
            {count > deals.length && <li className={s.none}>{t('changes.more', { count: count - deals.length })}</li>}
          </ul>
        </section>
      ))}
    </>
  );
}
const signed = (sum: string) => `${Number(sum) > 0 ? '+' : ''}${money(sum)}`;
/** From what to what: the amounts, the days or the stages. */
function What({ kind, shift }: { kind: string; shift: Shift }) {
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const { then, now, delta } = shift;
  const of = (state: State | null) => {
    if (!state) return '';
    if (kind === 'pushed') return state.close_on ? shortDay(state.close_on) : '–';
    if (kind === 'back') return say(stageLabel(pipelines, state.stage));
    return state.amount ? money(state.amount) : '–';
  };
  if (kind === 'opened' || kind === 'won' || kind === 'lost' || kind === 'removed')
    return <span className="num">{now.amount === undefined ? '' : signed(delta)}</span>;
  return (
    <span className="num">
      {of(then)} → {of(now)}
    </span>
  );
}
