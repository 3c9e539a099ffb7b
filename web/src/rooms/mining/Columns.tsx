/** What each column of a file holds: the guess, shown with samples, corrected by a person. */
import { Alert, Button, Checkbox, Select, Table } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';
import { Await } from '@/design/states';
import { percent } from '@/lib/format';
import s from './Mining.module.css';
import { type Preview, usePreview } from './queries';
import { useTranslation } from './texts';

const ROLES = [
  'case',
  'activity',
  'time',
  'end',
  'resource',
  'lifecycle',
  'case_attribute',
  'event_attribute',
  'ignore',
];
const NEEDED = ['case', 'activity', 'time'];

export function Columns({ id }: { id: string }) {
  const preview = usePreview(id);
  return <Await query={preview}>{(known) => <Form id={id} preview={known} />}</Await>;
}
function Form({ id, preview }: { id: string; preview: Preview }) {
  const { t } = useTranslation('mining');
  const queries = useQueryClient();
  const [roles, setRoles] = useState(() =>
    Object.fromEntries(preview.columns.map((column) => [column.name, column.guess])),
  );
  const [dayFirst, setDayFirst] = useState<boolean | null>(null);
  const found = new Set(Object.values(roles));
  const complete = preview.kind === 'xes' || NEEDED.every((role) => found.has(role));
  const start = useMutation({
    mutationFn: () =>
      http.post(`/api/logs/${id}/import`, { roles, ...(dayFirst === null ? {} : { day_first: dayFirst }) }),
    onError: toastProblem,
    onSuccess: () => Promise.all(['log', 'logs'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <div className={s.columns}>
      <h2>{t('columns')}</h2>
      <p>{t(preview.kind === 'xes' ? 'noQuestion' : 'columnsLead')}</p>
      {preview.questions.map((question, index) => (
        <Alert key={index} color="yellow" variant="light">
          {question}
        </Alert>
      ))}
      {preview.kind === 'csv' && (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('column')}</Table.Th>
                <Table.Th>{t('role')}</Table.Th>
                <Table.Th>{t('samples')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview.columns.map((column) => (
                <Table.Tr key={column.name}>
                  <Table.Td>
                    <b>{column.name}</b>
                  </Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
                      w={210}
                      aria-label={`${t('role')} – ${column.name}`}
                      allowDeselect={false}
                      data={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
                      value={roles[column.name] ?? 'ignore'}
                      onChange={(role) => role && setRoles({ ...roles, [column.name]: role })}
                    />
                    <small>
                      {t('sure', { share: percent(column.confidence) })}
                      {column.runner_up && ` ${t('guessed', { role: t(`roles.${column.runner_up}`) })}`}
                    </small>
                  </Table.Td>
                  <Table.Td className={s.samples}>{column.samples.slice(0, 3).join(' · ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {preview.kind === 'csv' && (
        <Checkbox
          label={t('dayFirst')}
          indeterminate={dayFirst === null}
          checked={dayFirst ?? false}
          onChange={(event) => setDayFirst(event.currentTarget.checked)}
        />
      )}
      {!complete && <p role="alert">{t('missing')}</p>}
      <Button disabled={!complete} loading={start.isPending} onClick={() => start.mutate()} w="fit-content">
        {t('import')}
      </Button>
    </div>
  );
}
