/** What is foreseen in a log after each step, and how well it did on its newest cases. */
import type { Shape } from '@/client/api';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { duration, integer, percent } from '@/lib/format';
import s from './Foresight.module.css';
import { useTranslation } from './texts';
import { useForesight } from './useForesight';

export function Foresight({ log, filters }: { log: string; filters: string }) {
  const { t } = useTranslation('foresight');
  const told = useForesight(log, filters);
  return (
    <Await query={told}>
      {(known) => (
        <>
          <ul className={s.trial} aria-label={t('trial')}>
            {known.sentences.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {known.steps.length > 0 && (
            <>
              <h3 className={w.title}>{t('steps')}</h3>
              <ul className={w.list} aria-label={t('steps')}>
                {known.steps.map((each) => (
                  <Line key={each.step} one={each} />
                ))}
              </ul>
              <small className={s.faint}>{t('method')}</small>
            </>
          )}
        </>
      )}
    </Await>
  );
}
function Line({ one }: { one: Shape<'StepAhead'> }) {
  const { t } = useTranslation('foresight');
  const { left_seconds: left, low_seconds: low, high_seconds: high } = one;
  return (
    <li>
      <span>{one.label}</span>
      {one.share != null && <b className="num">{t('counted', { share: percent(one.share), n: integer(one.n) })}</b>}
      <small>
        {one.share == null ? t('unknown') : one.next_label ? t('next', { step: one.next_label }) : t('end')}
        {left != null &&
          low != null &&
          high != null &&
          ` · ${t('left', { left: duration(left), low: duration(low), high: duration(high) })}`}
      </small>
    </li>
  );
}
