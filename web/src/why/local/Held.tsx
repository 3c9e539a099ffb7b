/** What a part is called here: another label than the map's, kept when the map is applied again, or given back. */
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { asProblem } from '@/client/problem';
import { toast, toastProblem } from '@/client/toast';
import type { LocalTheme } from '../asked';
import { useTranslation } from './texts';

interface Props {
  theme: LocalTheme;
  path: string;
  held: Shape<'HeldOut'>;
  /** What the part is called, where several stand on one screen. */
  what?: string;
}
type Said = Shape<'LabelOut'>;
const LONGEST = 100;

export function Held({ theme, path, held, what }: Props) {
  const { t } = useTranslation('local');
  const queries = useQueryClient();
  const [said, setSaid] = useState<Said | null>(null);
  const change = useMutation({
    mutationFn: (value: Said | null) => {
      const params = { path: { theme, path } };
      return answer(
        value === null
          ? api.DELETE('/api/local/{theme}/{path}', { params })
          : api.PUT('/api/local/{theme}/{path}', { params, body: { label: value.fr, label_en: value.en } }),
      );
    },
    onError: (error, value) => (value === null ? toastProblem(error) : undefined),
    onSuccess: async ({ version }, value) => {
      toast(t(value === null ? 'released' : 'saved', { version }));
      setSaid(null);
      await queries.invalidateQueries();
    },
  });
  const named = (said: string) => (what === undefined ? undefined : `${said} : ${what}`);
  const release = t(theme === 'objects' ? 'releaseModel' : 'release');
  const wrong = change.error && change.variables !== null ? asProblem(change.error) : null;
  return (
    <>
      {held.local && <p>{t(theme === 'objects' ? 'keptModel' : 'kept', { given: held.given })}</p>}
      {held.may && said === null && (
        <Group gap={4} mt={6}>
          <Button size="compact-xs" variant="default" aria-label={named(t('call'))} onClick={() => setSaid(held.label)}>
            {t('call')}
          </Button>
          {held.local && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={named(release)}
              loading={change.isPending}
              onClick={() => change.mutate(null)}
            >
              {release}
            </Button>
          )}
        </Group>
      )}
      {said !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(said);
          }}
        >
          <TextInput
            mt={6}
            size="xs"
            label={t('label')}
            value={said.fr}
            maxLength={LONGEST}
            required
            data-autofocus
            autoFocus
            error={wrong?.sentences.join(' ')}
            onChange={(event) => setSaid({ ...said, fr: event.currentTarget.value })}
          />
          <TextInput
            mt={6}
            size="xs"
            label={t('labelEn')}
            placeholder={said.fr}
            value={said.en}
            maxLength={LONGEST}
            onChange={(event) => setSaid({ ...said, en: event.currentTarget.value })}
          />
          <Group gap={4} mt={6}>
            <Button type="submit" size="compact-xs" loading={change.isPending} disabled={!said.fr.trim()}>
              {t('save')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setSaid(null)}>
              {t('cancel')}
            </Button>
          </Group>
        </form>
      )}
    </>
  );
}
