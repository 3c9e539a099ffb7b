/** Pairs of records that may be one, what merging gathers most first: compared, merged, or kept apart. */
import { Button, Select, Table } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import { useWork } from '@/client/jobs';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import type { Found } from './Alike';
import { MergeDialog } from './MergeDialog';
import s from './Records.module.css';
import { useTranslation } from './texts';

const Unattended = lazy(() => import('./unattended/Unattended'));

interface Side {
  id: number;
  title: string;
}
interface Pair {
  one: Side;
  other: Side;
  points: number;
  sure: boolean;
  shared: Found['shared'];
  gathered: number;
}
const IDENTIFYING = new Set(['siren', 'siret', 'email', 'phone']);
export const isIdentified = (object: ObjectShape) => object.fields.some(({ type }) => IDENTIFYING.has(type));

export function DuplicatesPage() {
  const { t } = useTranslation('records');
  const say = useSay();
  const navigate = useNavigate();
  const { objet } = useSearch({ strict: false }) as { objet?: string };
  const objects = (useSchemaQuery().data?.objects ?? []).filter((each) => isIdentified(each) && each.may.update);
  const object = objects.find(({ name }) => name === objet) ?? objects[0];
  return (
    <>
      <PageHead crumbs={[t('queue.title')]} />
      <div className={w.scroll}>
        <p className={w.lead}>{t('queue.lead')}</p>
        {object && (
          <>
            <div className={w.tools}>
              <Select
                size="xs"
                aria-label={t('queue.object')}
                allowDeselect={false}
                data={objects.map((each) => ({ value: each.name, label: say(each.plural) }))}
                value={object.name}
                onChange={(name) => void navigate({ to: '/doublons', search: name ? { objet: name } : {} })}
              />
              <span className={w.grow} />
              {object.may.delete && <Look object={object.name} />}
            </div>
            <Queue key={object.name} object={object} />
            <Suspense fallback={null}>
              <Unattended key={object.name} object={object} />
            </Suspense>
          </>
        )}
      </div>
    </>
  );
}
function Look({ object }: { object: string }) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const { begin, busy, progress } = useWork(
    () => http.post<{ job: string }>(`/api/duplicates/${object}/look`),
    () => void queries.invalidateQueries({ queryKey: ['duplicates'] }),
  );
  return (
    <Button variant="default" loading={busy} onClick={() => begin(undefined)} title={percent(progress)}>
      {t('queue.look')}
    </Button>
  );
}
function Queue({ object }: { object: ObjectShape }) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const [compared, setCompared] = useState<Pair | null>(null);
  const queue = useQuery({
    queryKey: ['duplicates', object.name],
    queryFn: ({ signal }) => http.get<{ count: number; pairs: Pair[] }>(`/api/duplicates/${object.name}`, {}, signal),
  });
  return (
    <Await query={queue}>
      {({ count, pairs }) => (
        <>
          {pairs.length === 0 && <Empty title={t('queue.none')}>{t('queue.noneLead')}</Empty>}
          {pairs.length > 0 && (
            <Table.ScrollContainer minWidth={560} className={s.sound}>
              <Table aria-label={t('queue.title')}>
                <Table.Caption>{t('queue.count', { count })}</Table.Caption>
                <Table.Thead>
                  <Table.Tr>
                    {['one', 'other', 'evidence', 'gathered', 'act'].map((key) => (
                      <Table.Th key={key}>{t(`queue.head.${key}`)}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {pairs.map((pair) => (
                    <Table.Tr key={`${pair.one.id}-${pair.other.id}`}>
                      {[pair.one, pair.other].map(({ id, title }) => (
                        <Table.Td key={id}>
                          <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(id) }}>
                            {title || `#${id}`}
                          </Link>
                        </Table.Td>
                      ))}
                      <Table.Td>
                        <Badge tone={pair.sure ? 'amber' : 'neutral'}>{t('queue.points', { n: pair.points })}</Badge>{' '}
                        {pair.shared.map((one) => t(`alike.${one}`)).join(', ')}
                      </Table.Td>
                      <Table.Td className="num">{integer(pair.gathered - 1)}</Table.Td>
                      <Table.Td>
                        <Button size="compact-sm" variant="default" onClick={() => setCompared(pair)}>
                          {t('queue.compare')}
                        </Button>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
          {compared && (
            <MergeDialog
              object={object}
              ids={[compared.one.id, compared.other.id]}
              onClose={() => setCompared(null)}
              onDone={() => {
                setCompared(null);
                void queries.invalidateQueries({ queryKey: ['duplicates'] });
              }}
            />
          )}
        </>
      )}
    </Await>
  );
}
