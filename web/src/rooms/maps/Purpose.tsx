/** What a map that builds nothing is for, and how it becomes a process where it can. */
import { Button, Popover } from '@mantine/core';
import { IconHelpCircle, IconRoute } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import w from '@/design/work.module.css';
import { kindOf } from './kinds';
import { useMapAction } from './queries';
import { useTranslation } from './texts';

export default function Purpose({ answer }: { answer: MapAnswer }) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const { kind, subject } = answer.map;
  const become = useMapAction(
    () => http.post<{ id: string }>(`/api/maps/${answer.id}/process`, { subject: subject ?? 'opportunity' }),
    ({ id }) => void navigate({ to: '/cartes/$id', params: { id } }),
  );
  return (
    <Popover width={300} position="bottom-end" withArrow>
      <Popover.Target>
        <Button variant="default" leftSection={<IconHelpCircle size={14} />}>
          {t(`mapKind.${kind}`)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={w.panel}>
          <p>{t(`mapKind.use.${kind}`)}</p>
          {kindOf(answer.map).becomes && answer.may.update && (
            <Button
              leftSection={<IconRoute size={14} />}
              loading={become.isPending}
              onClick={() => become.mutate(undefined)}
            >
              {t('mapKind.become')}
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
