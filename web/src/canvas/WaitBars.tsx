/** How long cases wait: one bar per length, the median named, the limit drawn. */
import { addTexts, useTranslation } from '@/i18n';
import { duration, integer } from '@/lib/format';
import s from './Canvas.module.css';
import en from './en.json';
import fr from './fr.json';
import { waitColor } from './graph';

addTexts('canvas', { fr, en });
export interface WaitsShown {
  bins: { from: number; to: number; count: number }[];
  median: number | null;
  sla: number | null;
}
const WIDTH = 290;
const FLOOR = 66;
const TALLEST = 54;
export function WaitBars({ waits }: { waits: WaitsShown }) {
  const { t } = useTranslation('canvas');
  const { bins, median, sla } = waits;
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const width = WIDTH / bins.length;
  const end = bins.at(-1)?.to || 1;
  const at = (seconds: number) => Math.min(WIDTH, (seconds / end) * WIDTH);
  return (
    <svg
      className={s.bars}
      viewBox={`0 0 ${WIDTH} 84`}
      role="img"
      aria-label={t('waitsSaid', { median: duration(median) })}
    >
      {bins.map((bin, index) => {
        const height = (bin.count / most) * TALLEST;
        return (
          <rect
            key={bin.from}
            x={index * width}
            y={FLOOR - height}
            width={Math.max(1, width - 2)}
            height={height}
            rx={1.5}
            fill={waitColor(bin.from)}
          >
            <title>{`${duration(bin.from)} – ${duration(bin.to)} : ${integer(bin.count)}`}</title>
          </rect>
        );
      })}
      {median != null && (
        <>
          <line x1={at(median)} x2={at(median)} y1={8} y2={FLOOR} stroke="var(--pt-text)" />
          <text x={Math.min(WIDTH - 70, at(median))} y={80}>
            {t('median', { value: duration(median) })}
          </text>
        </>
      )}
      {sla != null && (
        <>
          <line x1={at(sla)} x2={at(sla)} y1={4} y2={FLOOR} stroke="var(--pt-accent)" strokeDasharray="3 2" />
          <text x={Math.max(0, at(sla) - 62)} y={10}>
            {t('sla', { value: duration(sla) })}
          </text>
        </>
      )}
      <text x={WIDTH} y={80} textAnchor="end">
        {duration(end)}
      </text>
    </svg>
  );
}
