/** The imports, where each stands, and where to drop one more file. */
import { ActionIcon, Progress, Select, Table } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { DropZone } from '@/design/DropZone';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { dayTime, integer } from '@/lib/format';
import s from './Imports.module.css';
import { type ImportRow, isMoving, useAct, useImports } from './queries';
import { useTranslation } from './texts';

export function ImportsPage() {
  const { t } = useTranslation('connectors');
  const imports = useImports();
  return (
    <>
      <PageHead crumbs={[t('title')]} />
      <div className={w.scroll}>
        <p className={w.lead}>{t('lead')}</p>
        <Drop />
        <Await query={imports}>
          {(known) =>
            known.length ? <ImportTable imports={known} /> : <Empty title={t('none')}>{t('noneLead')}</Empty>
          }
        </Await>
      </div>
    </>
  );
}
function Drop() {
  const { t } = useTranslation('connectors');
  const say = useSay();
  const { objet } = useSearch({ strict: false }) as { objet?: string };
  const objects = (useSchemaQuery().data?.objects ?? []).filter(({ may }) => may.create);
  const [chosen, setChosen] = useState<string | null>(null);
  const navigate = useNavigate();
  const object = chosen ?? objet ?? objects[0]?.name ?? '';
  if (!objects.length) return null;
  return (
    <DropZone
      path={`/api/imports?object_name=${encodeURIComponent(object)}`}
      accept=".csv,.txt,.tsv,.xlsx"
      texts={{ drop: t('drop'), limit: t('limit'), choose: t('choose') }}
      onReceived={(id) => navigate({ to: '/imports/$id', params: { id } })}
    >
      <Select
        aria-label={t('what')}
        data={objects.map((each) => ({ value: each.name, label: say(each.plural) }))}
        value={object}
        allowDeselect={false}
        onChange={setChosen}
      />
    </DropZone>
  );
}
function ImportTable({ imports }: { imports: ImportRow[] }) {
  const { t } = useTranslation('connectors');
  const say = useSay();
  const objects = useSchemaQuery().data?.objects ?? [];
  const forget = useAct((id: string) => http.delete(`/api/imports/${id}`));
  const label = (name: string) => say(objects.find((each) => each.name === name)?.plural ?? name);
  return (
    <Table.ScrollContainer minWidth={560} className={s.list}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {['file', 'object', 'state', 'create', 'update', 'refused', 'at'].map((key) => (
              <Table.Th key={key}>{t(`head.${key}`)}</Table.Th>
            ))}
            <Table.Th>
              <span className="sr">{t('forget')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {imports.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Link to="/imports/$id" params={{ id: one.id }}>
                  {one.name}
                </Link>
              </Table.Td>
              <Table.Td>{label(one.object)}</Table.Td>
              <Table.Td>
                {isMoving(one.state) ? (
                  <Progress w={90} value={(one.progress ?? 0) * 100} aria-label={t(`states.${one.state}`)} />
                ) : (
                  t(`states.${one.state}`)
                )}
              </Table.Td>
              {(['create', 'update', 'refused'] as const).map((count) => (
                <Table.Td key={count} className="num">
                  {one.result ? integer(one.result[count]) : '–'}
                </Table.Td>
              ))}
              <Table.Td>
                {dayTime(one.at)} · {one.by}
              </Table.Td>
              <Table.Td>
                {['columns', 'looked', 'failed', 'undone'].includes(one.state) && (
                  <ActionIcon aria-label={`${t('forget')} ${one.name}`} onClick={() => forget.mutate(one.id)}>
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
