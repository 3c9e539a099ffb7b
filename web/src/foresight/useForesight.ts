/** What is foreseen in a log, of the cases that pass some filters. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';

export const useForesight = (log: string, filters: string) =>
  useQuery({
    queryKey: ['foresight', log, filters],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/foresight', { params: { path: { log_id: log }, query: { filters } } })),
  });
