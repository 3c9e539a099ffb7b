/** Records of an object found by the words of their title. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { RowPage } from '@/client/records';

const PAUSE = 180;
const SHOWN = 20;
export function useFound(object: string | null) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed, PAUSE);
  const found = useQuery({
    queryKey: ['list', object, 'found', words],
    enabled: object !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => http.get<RowPage>(`/api/records/${object}`, { words, limit: SHOWN }, signal),
  });
  const options = (found.data?.rows ?? []).map((row) => ({ value: String(row.id), label: row.title || `#${row.id}` }));
  return { typed, setTyped, options, isPending: found.isFetching };
}
/** The options found, and the ones already chosen, which a search may not hold. */
export function withChosen(options: { value: string; label: string }[], chosen: { value: string; label: string }[]) {
  const known = new Set(options.map((each) => each.value));
  return [...options, ...chosen.filter((each) => !known.has(each.value))];
}
