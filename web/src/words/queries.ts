/** The words of the company. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { toastProblem } from '@/client/toast';

export type Term = Shape<'TermOut'>;
export type Meaning = Shape<'MeaningIn'>;
const KEY = ['terms'];
const NONE: Term[] = [];
export const useTerms = () =>
  useQuery({ queryKey: KEY, staleTime: 60_000, queryFn: () => answer(api.GET('/api/terms')) });
export const useKnownTerms = () => useTerms().data ?? NONE;

/** A change to the glossary, which refreshes what is shown. */
export function useWording<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onError: toastProblem,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEY });
      then?.();
    },
  });
}
const path = (term_id: string) => ({ params: { path: { term_id } } });
export const wording = {
  define: (body: Meaning) => answer(api.POST('/api/terms', { body })),
  redefine: (one: Term, body: Meaning) =>
    answer(api.PUT('/api/terms/{term_id}', { ...path(one.id), body: { ...body, version: one.version } })),
  keep: (one: Term) => answer(api.POST('/api/terms/{term_id}/keep', path(one.id))),
  remove: (one: Term) => answer(api.DELETE('/api/terms/{term_id}', path(one.id))),
  restore: (one: Term) => answer(api.POST('/api/terms/{term_id}/restore', path(one.id))),
};
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[’\s]+/g, (found) => (found.includes('’') ? "'" : ' '))
    .toLowerCase();
const LETTER = /[\p{L}\p{N}]/u;
/** The words that some texts use, whole and whatever their case or accents. */
export function used(terms: Term[], texts: readonly string[]): Term[] {
  const said = texts.map(fold);
  const isIn = (word: string, text: string) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const around = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
      if (!around.some((letter) => LETTER.test(letter))) return true;
    }
    return false;
  };
  return terms.filter(({ word }) => said.some((text) => isIn(fold(word), text)));
}
