import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from './api';

export type Person = Shape<'PersonOut'>;
export const usePeople = () =>
  useQuery({ queryKey: ['people'], staleTime: 300_000, queryFn: () => answer(api.GET('/api/people')) });
