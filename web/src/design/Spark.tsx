/** A figure over time as a small line: where it began and where it stands are said in words as well. */
import s from './Spark.module.css';

interface Props {
  values: readonly number[];
  label: string;
  /** The last figure against the first one, as people read it. */
  change: string;
  tone?: 'good' | 'bad' | undefined;
}
const WIDTH = 72;
const HEIGHT = 18;
const EDGE = 2;

export function Spark({ values, label, change, tone }: Props) {
  const points = laidOut(values);
  const [x, y] = points[points.length - 1] ?? [0, 0];
  return (
    <span className={s.spark} role="img" aria-label={label} title={label}>
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <polyline points={points.map((each) => each.join(',')).join(' ')} />
        <circle cx={x} cy={y} r={2} />
      </svg>
      <span className="num" data-tone={tone} aria-hidden>
        {change}
      </span>
    </span>
  );
}
/** Where each value stands: spread from the first to the last, between the lowest and the highest; flat in the middle. */
export function laidOut(values: readonly number[]): [number, number][] {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const across = (WIDTH - 2 * EDGE) / Math.max(values.length - 1, 1);
  const up = (value: number) => (span ? (value - low) / span : 0.5);
  return values.map((value, index) => [
    Math.round((EDGE + index * across) * 10) / 10,
    Math.round((HEIGHT - EDGE - up(value) * (HEIGHT - 2 * EDGE)) * 10) / 10,
  ]);
}
