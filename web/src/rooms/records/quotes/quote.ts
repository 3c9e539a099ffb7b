/** A quote as its page shows it, and what may be done with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { RecordAnswer, Row, RowPage } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { addTexts } from '@/i18n';
import { useRefresh } from '../refresh';
import en from './en.json';
import fr from './fr.json';

addTexts('quotes', { fr, en });

export type Verb = 'send' | 'accept' | 'refuse' | 'reopen' | 'versions' | 'approval';
interface Version {
  id: number;
  name?: string;
  status?: string;
  net?: string | null;
}
export interface Sheet {
  quote: RecordAnswer;
  lines: { rows: Row[]; linked: RowPage['linked'] };
  taxed: { rate: string; base: string; vat: string }[];
  versions: Version[];
  unagreed: { id: string; label: { fr: string; en: string } }[];
  may: Record<'edit' | 'send' | 'accept' | 'refuse' | 'reopen' | 'revise', boolean>;
  deal: { id: number; title: string; version: number; amount: string | null; may: { update: boolean } } | null;
}
/** Read again whenever anything that is listed changes: its lines do. The record itself follows. */
export function useSheet(object: string, id: number) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['related', object, String(id), 'sheet'],
    queryFn: async () => {
      const sheet = await http.get<Sheet>(`/api/quotes/${id}`);
      queries.setQueryData(['record', object, String(id)], sheet.quote);
      return sheet;
    },
  });
}
/** Puts the lines in another order: seen at once, as it is stored when that fails. */
export function useArrange(lines: ObjectShape, { quote }: Sheet) {
  const queries = useQueryClient();
  const refresh = useRefresh();
  return async (order: number[], { id }: Row) => {
    const rank = (row: Row) => order.indexOf(row.id);
    queries.setQueriesData<Sheet>({ queryKey: ['related', 'quote', String(quote.id), 'sheet'] }, (known) => {
      if (!known) return known;
      const rows = known.lines.rows.toSorted((one, two) => rank(one) - rank(two));
      return { ...known, lines: { ...known.lines, rows } };
    });
    try {
      await http.put(`/api/quotes/${quote.id}/order`, { version: quote.version, lines: order });
    } catch (error) {
      toastProblem(error);
    }
    await refresh(lines.name, id);
  };
}
/** Does something with the quote as it was read. */
export function useVerb(object: ObjectShape, id: number, onDone: (verb: Verb, made: { id: number } | null) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ verb, version, ...more }: { verb: Verb; version: number; reason?: string; comment?: string }) =>
      http.post<{ id: number } | null>(`/api/quotes/${id}/${verb}`, { version, ...more }),
    onError: toastProblem,
    onSuccess: (made, { verb }) => onDone(verb, made),
    onSettled: () => refresh(object.name, id),
  });
}
const TONES = {
  draft: 'neutral',
  sent: 'accent',
  accepted: 'green',
  refused: 'red',
  expired: 'amber',
  replaced: 'neutral',
} as const;
export const toneOf = (status: unknown) => TONES[String(status) as keyof typeof TONES] ?? 'neutral';
