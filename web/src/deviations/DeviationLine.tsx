/** A deviation in the list: what happens, what it costs, what goes with it, what was decided and what can be. */
import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { day, integer, percent } from '@/lib/format';
import type { What } from './Decide';
import { type Between, type Deviation, useDecisions, type Way } from './decisions';
import m from './Deviations.module.css';
import { useTranslation } from './texts';

const Decide = lazy(() => import('./Decide'));

interface Props extends Way {
  one: Deviation;
  between: Between;
  mayDecide: boolean;
}
export function DeviationLine({ one, between, mayDecide, onOnly, onStep }: Props) {
  const { t } = useTranslation('deviations');
  return (
    <li>
      {onStep ? (
        <button type="button" onClick={() => onStep(one.source)}>
          {one.sentence}
        </button>
      ) : (
        <span>{one.sentence}</span>
      )}
      <b className="num">{percent(one.share, 1)}</b>
      <small>{one.cost}</small>
      {one.causes.map((cause) => (
        <small key={`${cause.attribute}=${cause.value}`}>
          {t('cause', {
            attribute: cause.attribute,
            value: cause.value,
            share: percent(cause.share),
            other: percent(cause.other_share),
            cases: integer(cause.cases),
          })}
        </small>
      ))}
      <small>{t('examples', { cases: one.examples.join(', ') })}</small>
      <Decided one={one} />
      <div className={m.acts}>
        {one.stack && onOnly && (
          <Anchor component="button" size="xs" onClick={() => onOnly(one.stack ?? '')}>
            {t('onlyThese')}
          </Anchor>
        )}
        {mayDecide && <Acts one={one} between={between} />}
      </div>
    </li>
  );
}
/** Whom it is given to, what was proposed. */
function Decided({ one }: { one: Deviation }) {
  const { t } = useTranslation('deviations');
  const known = one.decision;
  if (!known) return null;
  const late = known.due_on != null && known.due_on < new Date().toISOString().slice(0, 10);
  return (
    <>
      {known.accepted_at && (
        <small>
          {t('decide.acceptedBy', { name: known.accepted_by, date: day(known.accepted_at), motive: known.motive })}
        </small>
      )}
      {known.owner !== null && (
        <small data-late={late || undefined} className={m.owner}>
          {known.due_on
            ? t(late ? 'decide.ownerLate' : 'decide.ownerBy', { name: known.owner_name, date: day(known.due_on) })
            : t('decide.owner', { name: known.owner_name })}
        </small>
      )}
      {known.proposal && known.proposal_map && (
        <small>
          <Link className={m.link} to="/cartes/$id" params={{ id: known.proposal_map }}>
            {t(`decide.state.${known.proposal_state}` as 'decide.state.open')}
          </Link>
        </small>
      )}
    </>
  );
}
function Acts({ one, between }: { one: Deviation; between: Between }) {
  const { t } = useTranslation('deviations');
  const { adopt, withdraw } = useDecisions(between);
  const [asking, setAsking] = useState<What | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: Promise<boolean>) => {
    setBusy(true);
    await work;
    setBusy(false);
  };
  return (
    <>
      {one.decision?.accepted_at ? (
        <Button size="compact-xs" variant="default" loading={busy} onClick={() => void run(withdraw(one))}>
          {t('decide.withdraw')}
        </Button>
      ) : (
        <>
          <Button size="compact-xs" variant="default" onClick={() => setAsking('accept')}>
            {t('decide.acceptGo')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setAsking('assign')}>
            {t('decide.assignGo')}
          </Button>
          {one.may_adopt && (
            <Button size="compact-xs" variant="default" loading={busy} onClick={() => void run(adopt(one))}>
              {t('decide.adopt')}
            </Button>
          )}
        </>
      )}
      {asking && (
        <Suspense>
          <Decide what={asking} one={one} between={between} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </>
  );
}
