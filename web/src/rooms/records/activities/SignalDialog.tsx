/** Something noticed about a record, in a few words; rules may follow. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/client/api';
import { toast } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import s from './Activities.module.css';
import type { About } from './queries';

export default function SignalDialog({ about, onClose }: { about: About; onClose: () => void }) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const [label, setLabel] = useState('');
  const path = { object_name: about.object, row_id: about.id };
  const mark = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/records/{object_name}/{row_id}/signals', { params: { path }, body: { label } })),
    onSuccess: async () => {
      toast(t('signal.marked'));
      onClose();
      await refresh(about.object, about.id);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('signal.title')} closeButtonProps={{ 'aria-label': t('signal.cancel') }}>
      <form
        className={s.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mark.mutate();
        }}
      >
        <Refused error={mark.error} />
        <TextInput
          data-autofocus
          required
          maxLength={200}
          label={t('signal.label')}
          description={t('signal.hint')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('signal.cancel')}
          </Button>
          <Button type="submit" loading={mark.isPending} disabled={!label.trim()}>
            {t('signal.mark')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
