/** What can be done with a whole map: propose a target, see the plan, publish. */
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import { toast } from '@/client/toast';
import { useMapAction } from './queries';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const MoreMenu = lazy(() => import('./MoreMenu'));

export function HeadActions({ answer, editor }: { answer: MapAnswer; editor: Editor }) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const asIs = answer.map.state === 'as_is';
  const publish = useMapAction(
    () => http.post<{ n: number }>(`/api/maps/${answer.id}/publish`),
    ({ n }) => toast(t('publishedNow', { n })),
  );
  const propose = useMapAction(
    () => http.post<{ id: string }>(`/api/maps/${answer.id}/duplicate`, { state: 'to_be', title: answer.map.title }),
    ({ id }) => void navigate({ to: '/cartes/$id', params: { id } }),
  );
  return (
    <>
      {answer.may.update && (
        <Suspense>
          <MoreMenu answer={answer} />
        </Suspense>
      )}
      {!asIs && (
        <Button component={Link} to="/plan" variant="default">
          {t('seePlan')}
        </Button>
      )}
      {asIs && answer.may.update && !answer.pair.to_be && (
        <Button loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
          {t('propose')}
        </Button>
      )}
      {!asIs && answer.may.publish && (
        <Button
          disabled={editor.saving !== 'saved'}
          loading={publish.isPending}
          onClick={() => publish.mutate(undefined)}
        >
          {t('publish')}
        </Button>
      )}
    </>
  );
}
