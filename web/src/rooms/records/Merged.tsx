/** What became part of a record, each with its way back; and the search of what to merge it with. */
import { Alert, Button, Group, Modal, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { day } from '@/lib/format';
import { MergeDialog } from './MergeDialog';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';

interface Part {
  id: number;
  title: string;
  at: string;
  by: string;
}
interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
export function Merged({ object, record }: Props) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const { data: parts = [] } = useQuery({
    queryKey: ['record', object.name, String(record.id), 'merges'],
    queryFn: ({ signal }) => http.get<Part[]>(`/api/records/${object.name}/${record.id}/merges`, {}, signal),
  });
  const undo = useMutation({
    mutationFn: (id: number) => http.post(`/api/merges/${id}/undo`),
    onError: toastProblem,
    onSuccess: () => refresh(object.name, record.id),
  });
  return parts.map((part) => (
    <Alert key={part.id} color="gray" variant="light">
      <Group justify="space-between">
        {t('merge.part', { title: part.title, by: part.by, at: day(part.at) })}
        {record.may.delete && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(part.id)}>
            {t('merge.takeApart')}
          </Button>
        )}
      </Group>
    </Alert>
  ));
}
const PAUSE = 250;

export function MergeWith({ object, record, onClose, onDone }: Props & { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('records');
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), PAUSE);
  const [other, setOther] = useState<number | null>(null);
  const { data } = useQuery({
    queryKey: ['search', object.name, asked],
    enabled: asked.length > 1,
    queryFn: ({ signal }) =>
      http.get<{ hits: { id: number; title: string }[] }>(
        '/api/search',
        { words: asked, objects: object.name, limit: 8 },
        signal,
      ),
  });
  if (other !== null) return <MergeDialog object={object} ids={[record.id, other]} onClose={onClose} onDone={onDone} />;
  const hits = (data?.hits ?? []).filter(({ id }) => id !== record.id);
  return (
    <Modal opened onClose={onClose} title={t('merge.with')} closeButtonProps={{ 'aria-label': t('merge.close') }}>
      <Select
        searchable
        data-autofocus
        label={t('merge.search')}
        placeholder={t('search')}
        filter={({ options }) => options}
        data={hits.map(({ id, title }) => ({ value: String(id), label: title }))}
        onSearchChange={setWords}
        onChange={(id) => id && setOther(Number(id))}
      />
    </Modal>
  );
}
