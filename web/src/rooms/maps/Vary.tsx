/** A variant of a process for some segments: a process of its own, tied to the first one. */
import { Button, Modal, TagsInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import { useTranslation } from './texts';

export default function Vary({ answer, onClose }: { answer: MapAnswer; onClose: () => void }) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const [segments, setSegments] = useState<string[]>([]);
  const [typed, setTyped] = useState<string | null>(null);
  const title = typed ?? [answer.map.title, segments.join(', ')].filter(Boolean).join(' – ');
  const vary = useMapAction(
    () => http.post<{ id: string }>(`/api/maps/${answer.id}/variants`, { title, segments }),
    ({ id }) => void navigate({ to: '/cartes/$id', params: { id }, search: {} }),
  );
  return (
    <Modal opened onClose={onClose} title={t('variants.make')}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          vary.mutate(undefined);
        }}
      >
        <p>{t('variants.lead')}</p>
        <TagsInput label={t('scope.segments')} value={segments} onChange={setSegments} data-autofocus />
        <TextInput label={t('create.name')} value={title} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" disabled={segments.length === 0} loading={vary.isPending}>
          {t('variants.make')}
        </Button>
      </form>
    </Modal>
  );
}
