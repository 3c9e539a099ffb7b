/** The records of a span of time: as many as a screen holds, and how many it does not. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { Condition } from '@/client/maps';
import type { RowPage } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { type Asked, useSummary } from '../queries';
import type { ViewSearch } from '../search';

export interface DatedProps {
  object: ObjectShape;
  /** What the list is asked for, and more. */
  asked: (more: Condition) => Asked;
  search: ViewSearch;
  onChange: (next: Partial<ViewSearch>) => void;
}

const PAGE = 200;
const MOST = 600;

export function useDated(object: string, asked: Asked) {
  const rows = useQuery({
    queryKey: ['list', object, 'dated', asked],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const pages: RowPage[] = [];
      let after: string | null = null;
      do {
        const page: RowPage = await http.get<RowPage>(
          `/api/records/${object}`,
          { ...asked, after, limit: PAGE },
          signal,
        );
        pages.push(page);
        after = page.next;
      } while (after !== null && pages.length * PAGE < MOST);
      return { pages, cut: after !== null };
    },
  });
  const count = useSummary(object, asked).data?.count ?? 0;
  const shown = rows.data?.pages.reduce((sum, page) => sum + page.rows.length, 0) ?? 0;
  return { rows, shown, hidden: rows.data?.cut ? Math.max(count - shown, 0) : 0 };
}
