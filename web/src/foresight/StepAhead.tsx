/** What most often comes after a step and how long cases last from there, where the trial on the newest cases holds. */
import w from '@/design/work.module.css';
import { duration, integer, percent } from '@/lib/format';
import s from './Foresight.module.css';
import { useTranslation } from './texts';
import { useForesight } from './useForesight';

export default function StepAhead({ log, step }: { log: string; step: string }) {
  const { t } = useTranslation('foresight');
  const told = useForesight(log, '').data;
  const one = told?.steps.find((each) => each.step === step);
  if (!told || !one) return null;
  const { left_seconds: left, low_seconds: low, high_seconds: high } = one;
  const next = told.tells_next && one.share != null;
  const lasts = told.tells_left && left != null && low != null && high != null;
  if (!next && !lasts) return null;
  return (
    <section aria-label={t('ahead')}>
      <h3 className={w.title}>{t('ahead')}</h3>
      <ul className={s.trial}>
        {next && (
          <li>
            {one.next_label ? t('aheadNext', { step: one.next_label }) : t('aheadEnd')}{' '}
            <b className="num">{t('counted', { share: percent(one.share ?? 0), n: integer(one.n) })}</b>
          </li>
        )}
        {lasts && <li>{t('aheadLeft', { left: duration(left), low: duration(low), high: duration(high) })}</li>}
      </ul>
    </section>
  );
}
