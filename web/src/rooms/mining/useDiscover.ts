import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';
import type { Log } from './queries';
import { useTranslation } from './texts';

/** Makes a map of what the log tells: all of it as an as-is, or one variant as a target. */
export function useDiscover(log: Log) {
  const { t } = useTranslation('mining');
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ variant, filters, blocks = false }: { variant?: number; filters: string; blocks?: boolean }) =>
      http.post<{ map_id: string }>(`/api/logs/${log.id}/discover`, {
        title: t(variant === undefined ? 'mapTitle' : 'promotedTitle', { name: log.name }),
        filters,
        blocks,
        ...(variant === undefined ? {} : { variant, state: 'to_be' }),
      }),
    onError: toastProblem,
    onSuccess: async ({ map_id }) => {
      await queries.invalidateQueries({ queryKey: ['maps'] });
      await navigate({ to: '/cartes/$id', params: { id: map_id }, search: { journal: log.id } });
    },
  });
}
