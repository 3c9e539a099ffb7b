/** What a part is called here: another label than the map's, kept when the map is applied again, or given back. */
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { asProblem } from '@/client/problem';
import { toast, toastProblem } from '@/client/toast';
import type { LocalTheme } from './asked';
import { useTranslation } from './texts';

interface Props {
  theme: LocalTheme;
  path: string;
  label: string;
  held: Shape<'HeldOut'>;
}
export function Held({ theme, path, label, held }: Props) {
  const { t } = useTranslation('why');
  const queries = useQueryClient();
  const [said, setSaid] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (value: string | null) => {
      const params = { path: { theme, path } };
      return answer(
        value === null
          ? api.DELETE('/api/local/{theme}/{path}', { params })
          : api.PUT('/api/local/{theme}/{path}', { params, body: { label: value } }),
      );
    },
    onError: (error, value) => (value === null ? toastProblem(error) : undefined),
    onSuccess: async ({ version }, value) => {
      toast(t(value === null ? 'local.released' : 'local.saved', { version }));
      setSaid(null);
      await queries.invalidateQueries();
    },
  });
  const wrong = change.error && change.variables !== null ? asProblem(change.error) : null;
  return (
    <>
      {held.local && <p>{t('local.kept', { given: held.given })}</p>}
      {held.may && said === null && (
        <Group gap={4} mt={6}>
          <Button size="compact-xs" variant="default" onClick={() => setSaid(label)}>
            {t('local.call')}
          </Button>
          {held.local && (
            <Button size="compact-xs" variant="subtle" loading={change.isPending} onClick={() => change.mutate(null)}>
              {t('local.release')}
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
            label={t('local.label')}
            value={said}
            maxLength={100}
            required
            data-autofocus
            autoFocus
            error={wrong?.sentences.join(' ')}
            onChange={(event) => setSaid(event.currentTarget.value)}
          />
          <Group gap={4} mt={6}>
            <Button type="submit" size="compact-xs" loading={change.isPending} disabled={!said.trim()}>
              {t('local.save')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setSaid(null)}>
              {t('local.cancel')}
            </Button>
          </Group>
        </form>
      )}
    </>
  );
}
