/** One figure: its value opens the list that it counts; what it means, who answers for it, where it goes. */
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Badge } from '@/design/ui';
import { decimal, integer, money, percent } from '@/lib/format';
import { Why } from '@/why/Why';
import { type Figure, trendOf } from './boards';
import s from './Boards.module.css';
import { useTranslation } from './texts';

type Say = ReturnType<typeof useTranslation>['t'];
function said({ unit, currency }: Figure, value: number, t: Say): string {
  if (unit === 'money') return money(value, currency || 'EUR');
  if (unit === 'percent') return percent(value / 100, 1);
  if (unit === 'days') return t('days', { count: value, formatted: decimal(value) });
  if (unit === 'working_days') return t('workingDays', { count: value, formatted: decimal(value) });
  return unit === 'records' ? integer(value) : decimal(value, 2);
}
export function FigureCard({ figure, object }: { figure: Figure; object: string }) {
  const { t } = useTranslation('measures');
  const value = figure.value === null ? null : said(figure, Number(figure.value), t);
  const name = `figure-${figure.uid}`;
  return (
    <article className={s.card} aria-labelledby={name}>
      <header>
        <h2 id={name}>{figure.label}</h2>
        <Why what={figure.label} theme="measures" path={figure.uid} />
      </header>
      <p className={s.value}>
        {value === null ? (
          <span className={s.nothing}>{t('nothing')}</span>
        ) : figure.condition === null ? (
          <span title={figure.says}>{value}</span>
        ) : (
          <Link
            to="/fiches/$object"
            params={{ object }}
            search={{ si: figure.condition } as never}
            title={figure.says}
            aria-label={t('open', { label: figure.label, value })}
          >
            {value}
          </Link>
        )}
        <small>{t(`period.${figure.period ?? 'now'}`)}</small>
      </p>
      <Made figure={figure} object={object} />
      <Trending figure={figure} />
      <Aim figure={figure} />
      {figure.definition && <p className={s.definition}>{figure.definition}</p>}
      {figure.owner && <p className={s.definition}>{t('owner', { owner: figure.owner })}</p>}
    </article>
  );
}
/** How many records a value is made of; of a share, those that it is taken of too. */
function Made({ figure, object }: { figure: Figure; object: string }) {
  const { t } = useTranslation('measures');
  if (figure.how === 'count') return null;
  const made = t(figure.how === 'conversion' ? 'came' : 'made', {
    count: figure.of ?? figure.records,
    formatted: integer(figure.of ?? figure.records),
  });
  if (figure.of == null) return <p className={s.made}>{made}</p>;
  return (
    <p className={s.made}>
      {t('share', { part: integer(figure.records) })}{' '}
      {figure.whole === null ? (
        made
      ) : (
        <Link to="/fiches/$object" params={{ object }} search={{ si: figure.whole } as never}>
          {made}
        </Link>
      )}
    </p>
  );
}
function Trending({ figure }: { figure: Figure }) {
  const { t } = useTranslation('measures');
  const trend = trendOf(figure);
  if (!trend || !figure.period) return null;
  const before = t(`before.${figure.period}`);
  const Icon =
    trend.change === 0
      ? IconEqual
      : Number(figure.value) > Number(figure.before)
        ? IconArrowUpRight
        : IconArrowDownRight;
  return (
    <p className={s.trend} data-tone={trend.tone}>
      <Icon size={15} aria-hidden />
      {trend.change === 0
        ? t('trend.same', { before })
        : t('trend.change', { change: changeOf(figure, trend.change, t), before })}
    </p>
  );
}
function changeOf(figure: Figure, change: number | null, t: Say): string {
  const sign = Number(figure.value) > Number(figure.before) ? '+' : '−';
  if (change === null) return `${sign}${said(figure, Math.abs(Number(figure.value)), t)}`;
  const size = Math.abs(change);
  return figure.unit === 'percent' ? t('trend.points', { change: sign + decimal(size) }) : sign + percent(size);
}
function Aim({ figure }: { figure: Figure }) {
  const { t } = useTranslation('measures');
  if (figure.goal === null) return null;
  const tone = figure.reached === null ? 'neutral' : figure.reached ? 'green' : 'amber';
  return (
    <p className={s.goal}>
      {t(`goal.${figure.better}`, { goal: said(figure, figure.goal, t) })}
      {figure.reached !== null && <Badge tone={tone}>{t(figure.reached ? 'goal.yes' : 'goal.no')}</Badge>}
    </p>
  );
}
