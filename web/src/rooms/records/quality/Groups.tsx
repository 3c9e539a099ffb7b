/** An object by team or by person: a row each, a column for each thing to be looked at. */
import { Table } from '@mantine/core';
import { percent } from '@/lib/format';
import s from '../Records.module.css';
import { Counted } from './Counted';
import type { Line, Quality, Trend } from './sound';
import { useTranslation } from './texts';
import { OverTime } from './Trends';
import { Wide } from './Wide';

interface Props {
  one: Quality;
  by: 'team' | 'person';
  trend: Trend | undefined;
}
export function Groups({ one, by, trend }: Props) {
  const { t } = useTranslation('quality');
  const lines = by === 'team' ? one.teams : one.people;
  const points = (line: Line) => trend?.lines.find(({ team }) => team !== null && team === line.id)?.points ?? [];
  const drawn = by === 'team' && lines.some((line) => points(line).length > 1);
  return (
    <Wide least={360 + 90 * one.checks.length} className={`${s.sound} ${s.soundWide}`}>
      <Table aria-label={`${one.label} – ${t(`byOf.${by}`)}`} captionSide="top">
        <Table.Caption>
          <b>{one.label}</b>
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`head.${by}`)}</Table.Th>
            <Table.Th>{t('head.count')}</Table.Th>
            <Table.Th>{t('complete')}</Table.Th>
            {drawn && <Table.Th>{t('head.trend')}</Table.Th>}
            {one.checks.map((check) => (
              <Table.Th key={check.key}>{t(`kind.${check.kind}`, { field: check.label })}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.id ?? 'none'}>
              <Table.Th scope="row">{line.id === null ? t('noTeam') : line.name}</Table.Th>
              <Table.Td className="num">
                <Counted object={one.object} condition={line.condition} count={line.total} />
              </Table.Td>
              <Table.Td className="num">{line.complete === null ? '–' : percent(line.complete)}</Table.Td>
              {drawn && (
                <Table.Td>
                  <OverTime points={points(line)} of={(point) => point.complete} share />
                </Table.Td>
              )}
              {one.checks.map((check, index) => (
                <Table.Td key={check.key} className="num">
                  <Counted
                    object={one.object}
                    condition={{ all: [line.condition, check.condition] } as typeof check.condition}
                    count={line.counts[index] ?? 0}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
