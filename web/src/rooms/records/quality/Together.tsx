/** An object as a whole: what is to be looked at, how much of it, and how that went. */
import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Upkeep } from '@/client/reviews';
import { integer, percent } from '@/lib/format';
import s from '../Records.module.css';
import { Counted } from './Counted';
import { Review } from './Review';
import type { Point, Quality } from './sound';
import { useTranslation } from './texts';
import { Days, OverTime } from './Trends';
import { Wide } from './Wide';

interface Props {
  one: Quality;
  points: readonly Point[];
  upkeep: Upkeep | undefined;
}
export function Together({ one, points, upkeep }: Props) {
  const { t } = useTranslation('quality');
  const share = (count: number) => percent(count / one.total);
  return (
    <div className={s.sound}>
      <Wide least={340}>
        <Table aria-label={one.label} captionSide="top">
          <Table.Caption>
            <b>{one.label}</b> – {t('total', { count: one.total })}
            {one.complete !== null && `, ${t('completeSaid', { share: percent(one.complete) })} `}
            <OverTime points={points} of={(point) => point.complete} share />
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('head.what')}</Table.Th>
              <Table.Th>{t('head.count')}</Table.Th>
              <Table.Th>{t('head.share')}</Table.Th>
              {points.length > 1 && <Table.Th>{t('head.trend')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {one.checks.map((check) => (
              <Table.Tr key={check.key}>
                <Table.Td>{t(`kind.${check.kind}`, { field: check.label })}</Table.Td>
                <Table.Td className="num">
                  <Counted object={one.object} condition={check.condition} count={check.count} />
                </Table.Td>
                <Table.Td className="num">{share(check.count)}</Table.Td>
                {points.length > 1 && (
                  <Table.Td>
                    <OverTime points={points} of={(point) => point.counts[check.key]} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
            {one.duplicates > 0 && (
              <Table.Tr>
                <Table.Td>{t('kind.duplicates')}</Table.Td>
                <Table.Td className="num">
                  <Link to="/doublons" search={{ objet: one.object }}>
                    {integer(one.duplicates)}
                  </Link>
                </Table.Td>
                <Table.Td className="num">{share(one.duplicates)}</Table.Td>
                {points.length > 1 && (
                  <Table.Td>
                    <OverTime points={points} of={(point) => point.counts.duplicates} />
                  </Table.Td>
                )}
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      </Wide>
      {upkeep && <Review label={one.label} upkeep={upkeep} />}
      <Days label={one.label} checks={one.checks} points={points} />
    </div>
  );
}
