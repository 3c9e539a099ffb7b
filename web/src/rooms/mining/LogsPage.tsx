/** The logs that were imported, and where to drop one more. */
import { ActionIcon, Button, Group, Modal, Progress, Table } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSession } from '@/client/session';
import { toastProblem } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await } from '@/design/states';
import { day, integer } from '@/lib/format';
import { DropZone } from './DropZone';
import w from '@/design/work.module.css';
import s from './Mining.module.css';
import { isMoving, type Log, useLogs } from './queries';
import { useTranslation } from './texts';

export function LogsPage() {
  const { t } = useTranslation('mining');
  const logs = useLogs();
  const mayImport = useSession().may.logs;
  return (
    <>
      <PageHead crumbs={[t('title')]} />
      <div className={w.scroll}>
        <p className={w.lead}>{t('lead')}</p>
        {mayImport && <DropZone />}
        <Await query={logs}>
          {(known) => (known.length ? <LogTable logs={known} /> : <p className={w.lead}>{t('empty')}</p>)}
        </Await>
      </div>
    </>
  );
}
function LogTable({ logs }: { logs: Log[] }) {
  const { t } = useTranslation('mining');
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Log | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => http.delete(`/api/logs/${id}`),
    onError: toastProblem,
    onSuccess: async () => {
      setLeaving(null);
      await queries.invalidateQueries({ queryKey: ['logs'] });
    },
  });
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table highlightOnHover className={s.table}>
        <Table.Thead>
          <Table.Tr>
            {['name', 'state', 'cases', 'events', 'steps', 'period'].map((key) => (
              <Table.Th key={key}>{t(key)}</Table.Th>
            ))}
            <Table.Th>
              <span className="sr">{t('delete')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {logs.map((log) => (
            <Table.Tr key={log.id}>
              <Table.Td>
                <Link to="/journaux/$id" params={{ id: log.id }}>
                  {log.name}
                </Link>
              </Table.Td>
              <Table.Td>
                {isMoving(log.state) ? (
                  <Progress w={90} value={(log.progress ?? 0) * 100} aria-label={t('importing')} />
                ) : (
                  t(`states.${log.state}`, log.state)
                )}
              </Table.Td>
              {[log.cases, log.events, log.steps].map((value, index) => (
                <Table.Td key={index} className="num">
                  {value == null ? '–' : integer(value)}
                </Table.Td>
              ))}
              <Table.Td>{log.from && log.to ? `${day(log.from)} – ${day(log.to)}` : '–'}</Table.Td>
              <Table.Td>
                {log.may_delete && (
                  <ActionIcon aria-label={`${t('delete')} ${log.name}`} onClick={() => setLeaving(log)}>
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={leaving !== null} onClose={() => setLeaving(null)} title={t('deleteTitle')}>
        <p>{t('deleteLead', { name: leaving?.name })}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setLeaving(null)}>
            {t('keep')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => leaving && remove.mutate(leaving.id)}>
            {t('delete')}
          </Button>
        </Group>
      </Modal>
    </Table.ScrollContainer>
  );
}
