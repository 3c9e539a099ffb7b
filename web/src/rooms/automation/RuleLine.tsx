/** One rule: its sentence, where it is drawn, what it gave in ninety days, its switch. */
import { Button, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Badge } from '@/design/ui';
import { dayTime, integer } from '@/lib/format';
import { Why } from '@/why/Why';
import { type Rule, useSwitch } from './queries';
import s from './Rules.module.css';
import { useTranslation } from './texts';

interface Props {
  rule: Rule;
  maySwitch: boolean;
  onRehearse: () => void;
}
export function RuleLine({ rule, maySwitch, onRehearse }: Props) {
  const { t } = useTranslation('automation');
  const turn = useSwitch();
  const { off, origin } = rule;
  return (
    <li className={s.rule} data-off={off != null || undefined}>
      <Switch
        checked={off == null}
        disabled={!maySwitch || turn.isPending}
        aria-label={t('switch', { rule: rule.say })}
        onChange={(event) => turn.mutate({ uid: rule.uid, on: event.currentTarget.checked })}
      />
      <div className={s.said}>
        <p>
          {rule.say}. <Why theme="rules" path={rule.uid} what={rule.say} />
        </p>
        <small>
          {origin && (
            <Link to="/cartes/$id" params={{ id: origin.map_id }} search={{ element: origin.element }}>
              {t('drawn', { map: origin.map })}
            </Link>
          )}
          {off && <Badge tone="amber">{t(`off.${off.reason}`, { when: dayTime(off.at), who: off.by ?? '' })}</Badge>}
          {rule.balance.proposed_for_removal && <Badge tone="red">{t('useless')}</Badge>}
        </small>
        <Balance balance={rule.balance} />
      </div>
      {maySwitch && (
        <Button variant="subtle" size="compact-sm" onClick={onRehearse}>
          {t('rehearse')}
        </Button>
      )}
    </li>
  );
}
const SHOWN = ['fired', 'waiting', 'cancelled', 'skipped', 'refused', 'failed'] as const;
const ALARMING: ReadonlySet<string> = new Set(['refused', 'failed']);
function Balance({ balance }: { balance: Rule['balance'] }) {
  const { t } = useTranslation('automation');
  const told = SHOWN.filter((state) => balance[state] > 0);
  if (!told.length) return <p className={s.quiet}>{t('never')}</p>;
  return (
    <dl className={s.balance}>
      {told.map((state) => (
        <div key={state} data-alarm={ALARMING.has(state) || undefined}>
          <dt>{t(`state.${state}`)}</dt>
          <dd className="num">{integer(balance[state])}</dd>
        </div>
      ))}
      {balance.tasks > 0 && (
        <div>
          <dt>{t('actedOn')}</dt>
          <dd className="num">{t('outOf', { done: integer(balance.acted_on), all: integer(balance.tasks) })}</dd>
        </div>
      )}
      {balance.minutes_saved > 0 && (
        <div>
          <dt>{t('saved')}</dt>
          <dd className="num">{t('minutes', { count: balance.minutes_saved })}</dd>
        </div>
      )}
    </dl>
  );
}
