/** What was done on a record becomes a scenario of its map, which opens on it. */
import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '@/client/api';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { useTranslation } from '@/i18n';
import s from '../RecordPage.module.css';

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  onClose: () => void;
}
export default function ScenarioDialog({ object, record, onClose }: Props) {
  const { t } = useTranslation('recordMenu');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/records/{object_name}/{row_id}/scenario', {
          params: { path: { object_name: object.name, row_id: record.id } },
        }),
      ),
    onError: toastProblem,
    onSuccess: async ({ map_id, scenario }) => {
      queries.removeQueries({ queryKey: ['map', map_id] });
      for (const key of ['maps', 'plan']) void queries.invalidateQueries({ queryKey: [key] });
      await navigate({ to: '/cartes/$id', params: { id: map_id }, search: { panneau: 'scenarios', scenario } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('make')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <p className={s.touch}>{t('lead', { title: record.title || `#${record.id}` })}</p>
      <p className={s.touch}>{t('seen')}</p>
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button data-autofocus loading={make.isPending} onClick={() => make.mutate()}>
          {t('go')}
        </Button>
      </Group>
    </Modal>
  );
}
