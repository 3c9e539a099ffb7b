/** A record goes to the bin; one that others work with is asked for. */
import { Alert, Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { http } from '@/client/http';
import { asProblem, type Problem } from '@/client/problem';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  onDelete: () => Promise<void>;
  onClose: () => void;
}
export default function DeleteDialog({ object, record, onDelete, onClose }: Props) {
  const { t } = useTranslation('records');
  const [held, setHeld] = useState<Problem | null>(null);
  const [motive, setMotive] = useState('');
  const go = async () => {
    try {
      await onDelete();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'records.held_by_others') return setHeld(problem);
      onClose();
      toastProblem(problem);
    }
  };
  const ask = async () => {
    try {
      const path = `/api/records/${object.name}/${record.id}/ask-deletion`;
      const { asked } = await http.post<{ asked: number }>(path, { motive });
      toast(t('record.askedDeletion', { count: asked }));
      onClose();
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Modal
      opened
      closeButtonProps={{ 'aria-label': t('close') }}
      onClose={onClose}
      title={t('record.deleteTitle', { title: record.title ?? '' })}
    >
      {held ? (
        <>
          <Alert color="orange" variant="light" title={held.message}>
            {held.sentences.map((each) => (
              <p key={each}>{each}</p>
            ))}
          </Alert>
          <TextInput
            mt="sm"
            data-autofocus
            maxLength={500}
            label={t('record.askWhy')}
            value={motive}
            onChange={(event) => setMotive(event.currentTarget.value)}
          />
        </>
      ) : (
        <p className={s.touch}>{t('record.deleteLead')}</p>
      )}
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus={held ? undefined : true}>
          {t('record.cancel')}
        </Button>
        {held ? (
          <Button onClick={() => void ask()}>{t('record.askDeletion')}</Button>
        ) : (
          <Button color="red" onClick={() => void go()}>
            {t('record.delete')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
