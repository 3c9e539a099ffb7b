/** What the screen of boards asks the server. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import type { Condition } from '@/client/maps';

export const useBoards = () =>
  useQuery({ queryKey: ['boards'], staleTime: 60_000, queryFn: () => answer(api.GET('/api/boards')) });
export const useBoard = (uid: string | undefined, condition: Condition | null) =>
  useQuery({
    queryKey: ['boards', uid, condition],
    enabled: uid !== undefined,
    placeholderData: (known, last) => (last?.queryKey[1] === uid ? keepPreviousData(known) : undefined),
    queryFn: () =>
      answer(
        api.GET('/api/boards/{uid}', {
          params: { path: { uid: uid! }, query: condition ? { condition: JSON.stringify(condition) } : {} },
        }),
      ),
  });
