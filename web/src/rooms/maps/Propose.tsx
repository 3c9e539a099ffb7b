/** From what is to what should be: the same map, ids kept, as a target; it says what travels on it. */
import { Button, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import SubjectField from './SubjectField';
import { useTranslation } from './texts';

interface Props {
  answer: MapAnswer;
  onClose: () => void;
}
export default function Propose({ answer, onClose }: Props) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const [subject, setSubject] = useState<string | null>(answer.map.subject);
  const propose = useMapAction(
    () =>
      http.post<{ id: string }>(`/api/maps/${answer.id}/duplicate`, {
        state: 'to_be',
        title: answer.map.title,
        subject,
      }),
    ({ id }) => void navigate({ to: '/cartes/$id', params: { id } }),
  );
  return (
    <Modal opened onClose={onClose} title={t('propose')}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          propose.mutate(undefined);
        }}
      >
        <p>{t('proposeLead')}</p>
        <SubjectField value={subject} onChange={setSubject} />
        <Button type="submit" disabled={!subject} loading={propose.isPending}>
          {t('proposeGo')}
        </Button>
      </form>
    </Modal>
  );
}
