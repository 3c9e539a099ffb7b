/** How sound the records are: each number opens the list of what it counts. */
import { SegmentedControl, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { http } from '@/client/http';
import type { Condition } from '@/client/records';
import { useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import s from './Records.module.css';
import { useTranslation } from './texts';

const Retention = lazy(() => import('./retention/Retention'));
const WHOSE = ['all', 'team', 'me'] as const;
type Whose = (typeof WHOSE)[number];
interface Check {
  kind: 'empty' | 'sleeps';
  label: string;
  count: number;
  condition: Condition;
}
interface Quality {
  object: string;
  label: string;
  total: number;
  checks: Check[];
  duplicates: number;
}
export function QualityPage() {
  const { t } = useTranslation('records');
  const navigate = useNavigate();
  const { qui = 'all' } = useSearch({ strict: false }) as { qui?: Whose };
  const objects = useSchemaQuery().data?.objects ?? [];
  const forgets = objects.some(({ may, fields }) => may.delete && fields.some(({ type }) => type === 'email'));
  const quality = useQuery({
    queryKey: ['quality', qui],
    queryFn: ({ signal }) => http.get<Quality[]>('/api/quality', { whose: qui }, signal),
  });
  return (
    <>
      <PageHead crumbs={[t('quality.title')]} />
      <div className={w.scroll}>
        <p className={w.lead}>{t('quality.lead')}</p>
        <div className={w.tools}>
          <SegmentedControl
            size="xs"
            aria-label={t('quality.whose')}
            data={WHOSE.map((value) => ({ value, label: t(`quality.of.${value}`) }))}
            value={qui}
            onChange={(next) => void navigate({ to: '/qualite', search: { qui: next }, replace: true })}
          />
        </div>
        <Await query={quality}>
          {(known) => {
            const filled = known.filter(({ total }) => total > 0);
            if (!filled.length) return <Empty title={t('quality.none')}>{t('quality.noneLead')}</Empty>;
            return filled.map((one) => <Sound key={one.object} one={one} />);
          }}
        </Await>
        {forgets && (
          <Suspense fallback={null}>
            <Retention />
          </Suspense>
        )}
      </div>
    </>
  );
}
function Sound({ one }: { one: Quality }) {
  const { t } = useTranslation('records');
  const share = (count: number) => percent(count / one.total);
  return (
    <Table.ScrollContainer minWidth={360} className={s.sound}>
      <Table aria-label={one.label} captionSide="top">
        <Table.Caption>
          <b>{one.label}</b> – {t('list.total', { count: one.total })}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('quality.head.what')}</Table.Th>
            <Table.Th>{t('quality.head.count')}</Table.Th>
            <Table.Th>{t('quality.head.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {one.checks.map((check) => (
            <Table.Tr key={`${check.kind}-${check.label}`}>
              <Table.Td>{t(`quality.kind.${check.kind}`, { field: check.label })}</Table.Td>
              <Table.Td className="num">
                {check.count ? (
                  <Link
                    to="/fiches/$object"
                    params={{ object: one.object }}
                    search={{ si: check.condition }}
                    aria-label={t('quality.open', { count: check.count })}
                  >
                    {integer(check.count)}
                  </Link>
                ) : (
                  integer(0)
                )}
              </Table.Td>
              <Table.Td className="num">{share(check.count)}</Table.Td>
            </Table.Tr>
          ))}
          {one.duplicates > 0 && (
            <Table.Tr>
              <Table.Td>{t('quality.kind.duplicates')}</Table.Td>
              <Table.Td className="num">
                <Link to="/doublons" search={{ objet: one.object }}>
                  {integer(one.duplicates)}
                </Link>
              </Table.Td>
              <Table.Td className="num">{share(one.duplicates)}</Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
