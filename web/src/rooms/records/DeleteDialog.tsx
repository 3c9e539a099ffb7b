/** A record goes to the bin; one that is somebody else's, or that others work with, is asked for. */
import { Alert, Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { http } from '@/client/http';
import { asProblem, type Problem } from '@/client/problem';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

/** The refusals that say whom one may ask. */
const ASKED_FOR = ['records.held_by_others', 'records.not_yours'];
const namesIn = (problem: Problem | null, key: 'ask' | 'asked') => (problem?.details[key] ?? []) as string[];

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  onDelete: () => Promise<void>;
  onClose: () => void;
}
export default function DeleteDialog({ object, record, onDelete, onClose }: Props) {
  const { t, i18n } = useTranslation('records');
  const listed = (names: string[]) => new Intl.ListFormat(i18n.language).format(names);
  const [held, setHeld] = useState<Problem | null>(null);
  const [motive, setMotive] = useState('');
  const [sending, setSending] = useState(false);
  const left = namesIn(held, 'ask');
  const already = namesIn(held, 'asked');
  const go = async () => {
    try {
      await onDelete();
    } catch (error) {
      const problem = asProblem(error);
      if (ASKED_FOR.includes(problem.code)) return setHeld(problem);
      onClose();
      toastProblem(problem);
    }
  };
  const ask = async () => {
    setSending(true);
    try {
      const path = `/api/records/${object.name}/${record.id}/ask-deletion`;
      const { asked } = await http.post<{ asked: number }>(path, { motive });
      toast(t('record.askedDeletion', { count: asked }));
      onClose();
    } catch (error) {
      setSending(false);
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
          {already.length > 0 && <p className={s.touch}>{t('record.alreadyAsked', { names: listed(already) })}</p>}
          {left.length > 0 && (
            <TextInput
              mt="sm"
              data-autofocus
              maxLength={500}
              label={t('record.askWhy')}
              value={motive}
              onChange={(event) => setMotive(event.currentTarget.value)}
            />
          )}
        </>
      ) : (
        <p className={s.touch}>{t('record.deleteLead')}</p>
      )}
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus={held ? undefined : true}>
          {t('record.cancel')}
        </Button>
        {left.length > 0 && (
          <Button loading={sending} onClick={() => void ask()}>
            {t('record.askDeletion', { names: listed(left) })}
          </Button>
        )}
        {!held && (
          <Button color="red" onClick={() => void go()}>
            {t('record.delete')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
