/** What a change to a record makes stale. */
import { useQueryClient } from '@tanstack/react-query';

export function useRefresh() {
  const queries = useQueryClient();
  return (object: string, id?: number | string) =>
    Promise.all([
      ...['board', 'list', 'related'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ...(id == null
        ? []
        : ['record', 'timeline', 'position'].map((key) =>
            queries.invalidateQueries({ queryKey: [key, object, String(id)] }),
          )),
    ]);
}
