/** What was kept of a figure as a small line, and of an object as a table of days. */
import { Table } from '@mantine/core';
import { Spark } from '@/design/Spark';
import { integer, percent, shortDay, signed } from '@/lib/format';
import s from '../Records.module.css';
import { type Check, kept, type Point } from './sound';
import { useTranslation } from './texts';
import { Wide } from './Wide';

interface CountProps {
  points: readonly Point[];
  of: (point: Point) => number | null | undefined;
  /** A share, of which more is better; a count of what is wrong otherwise. */
  share?: boolean;
}
export function OverTime({ points, of, share = false }: CountProps) {
  const { t } = useTranslation('quality');
  const known = kept(points, of);
  const [first, last] = [known[0], known[known.length - 1]];
  if (!first || !last || known.length < 2) return null;
  const change = last.value - first.value;
  if (known.every(({ value }) => value === first.value)) return <small className={s.soundStill}>{t('still')}</small>;
  const say = share ? (value: number) => percent(value) : integer;
  return (
    <Spark
      values={known.map(({ value }) => value)}
      change={share ? t('points', { change: signed(100 * change, 1) }) : signed(change)}
      tone={change === 0 ? undefined : change > 0 === share ? 'good' : 'bad'}
      label={t('from', {
        from: say(first.value),
        first: shortDay(first.day),
        to: say(last.value),
        last: shortDay(last.day),
      })}
    />
  );
}
interface DaysProps {
  label: string;
  checks: Check[];
  points: readonly Point[];
}
export function Days({ label, checks, points }: DaysProps) {
  const { t } = useTranslation('quality');
  if (points.length < 2) return null;
  const cell = (value: number | null | undefined, say = integer) => (value == null ? '–' : say(value));
  return (
    <details className={s.soundDays}>
      <summary>{t('days')}</summary>
      <Wide least={340}>
        <Table aria-label={t('daysOf', { label })}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('day')}</Table.Th>
              <Table.Th>{t('head.count')}</Table.Th>
              <Table.Th>{t('complete')}</Table.Th>
              {checks.map((check) => (
                <Table.Th key={check.key}>{t(`kind.${check.kind}`, { field: check.label })}</Table.Th>
              ))}
              <Table.Th>{t('kind.duplicates')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...points].reverse().map((point) => (
              <Table.Tr key={point.day}>
                <Table.Th scope="row">{shortDay(point.day)}</Table.Th>
                <Table.Td className="num">{integer(point.total)}</Table.Td>
                <Table.Td className="num">{cell(point.complete, percent)}</Table.Td>
                {[...checks.map(({ key }) => key), 'duplicates'].map((key) => (
                  <Table.Td key={key} className="num">
                    {cell(point.counts[key])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </details>
  );
}
