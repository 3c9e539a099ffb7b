/** What rules may be made of, and how those of a map read. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import type { MapDoc } from '@/client/maps';

export const useGrammar = () =>
  useQuery({ queryKey: ['grammar'], staleTime: Infinity, queryFn: () => answer(api.GET('/api/rules/grammar')) });
/** The sentences of a map’s rules, promises and measures; nothing is asked while one of them is not whole. */
export const useSaid = (map: MapDoc, whole = true) =>
  useQuery({
    queryKey: ['said', map.subject, map.steps, map.passages, map.promises, map.measures],
    enabled: whole,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => answer(api.POST('/api/maps/rules', { body: { map: { ...map } } })),
  });
