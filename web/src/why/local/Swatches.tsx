/** The colour of a stage or a choice here: one of the palette, or none; said by its name, never by the colour alone. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { answer, api } from '@/client/api';
import type { Tint } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import s from './Swatches.module.css';
import { useTranslation } from './texts';

const TINTS: readonly Tint[] = ['blue', 'teal', 'green', 'amber', 'red', 'violet'];
interface Props {
  theme: 'stages' | 'choices';
  path: string;
  colour: Tint | null;
  /** What the part is called, where several stand on one screen. */
  what: string | undefined;
}
export function Swatches({ theme, path, colour, what }: Props) {
  const { t } = useTranslation('local');
  const queries = useQueryClient();
  const name = useId();
  const paint = useMutation({
    mutationFn: (chosen: Tint | null) =>
      answer(api.PUT('/api/colours/{theme}/{path}', { params: { path: { theme, path } }, body: { colour: chosen } })),
    onError: toastProblem,
    onSuccess: async ({ version }) => {
      toast(t('painted', { version }));
      await queries.invalidateQueries();
    },
  });
  const shown = paint.isPending ? paint.variables : colour;
  return (
    <fieldset className={s.swatches} disabled={paint.isPending}>
      <legend>{what ? t('colourOf', { what }) : t('colour')}</legend>
      {[null, ...TINTS].map((each) => (
        <label key={each ?? 'none'} title={t(`tint.${each ?? 'none'}`)}>
          <input
            type="radio"
            className="sr"
            name={name}
            checked={shown === each}
            onChange={() => paint.mutate(each)}
            aria-label={t(`tint.${each ?? 'none'}`)}
          />
          <i data-tint={each} aria-hidden />
        </label>
      ))}
      <small>{t(`tint.${shown ?? 'none'}`)}</small>
    </fieldset>
  );
}
