/** What the colours and the thickness mean, in the reading that is shown. */
import { useTranslation } from '@/i18n';
import { duration, integer } from '@/lib/format';
import s from './Canvas.module.css';
import { type Reading, thickness, WAIT_LIMITS } from './graph';

const DAY = 86400;
function waits(): string[] {
  const said = WAIT_LIMITS.map((limit) => duration(limit * DAY));
  const between = WAIT_LIMITS.slice(1).map((limit, index) => `${WAIT_LIMITS[index]}–${duration(limit * DAY)}`);
  return [`< ${said[0]}`, ...between, `> ${said.at(-1)}`];
}
export function Legend({ reading, most }: { reading: Reading; most: number }) {
  const { t } = useTranslation('canvas');
  if (reading === 'plain') return null;
  if (reading === 'gap')
    return (
      <div className={s.legend}>
        {(['added', 'moved', 'criteria', 'changed', 'removed', 'real'] as const).map((delta) => (
          <span key={delta}>
            <i data-delta={delta} />
            {t(`delta.${delta}`)}
          </span>
        ))}
      </div>
    );
  if (reading === 'frequency')
    return (
      <div className={s.legend}>
        {[...new Set([1, Math.ceil(most / 10), most])].map((cases) => (
          <span key={cases}>
            <i style={{ background: 'var(--pt-accent)', height: thickness(cases, most) }} />
            {integer(cases)}
          </span>
        ))}
      </div>
    );
  return (
    <div className={s.legend}>
      {waits().map((label, level) => (
        <span key={label}>
          <i style={{ background: `var(--pt-w${level})` }} />
          {label}
        </span>
      ))}
    </div>
  );
}
