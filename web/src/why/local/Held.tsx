/** What a part is called here and which colour it has: kept when the map is applied again, or given back. */
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { asProblem } from '@/client/problem';
import { toast, toastProblem } from '@/client/toast';
import type { LocalTheme } from '../asked';
import { Swatches } from './Swatches';
import { useTranslation } from './texts';

interface Props {
  theme: LocalTheme;
  path: string;
  held: Shape<'HeldOut'>;
  /** What the part is called, where several stand on one screen. */
  what?: string;
}
interface Said {
  label: Shape<'LabelOut'>;
  plural: Shape<'LabelOut'> | null;
}
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
          : api.PUT('/api/local/{theme}/{path}', { params, body: bodyOf(value) }),
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
      {held.paintable && held.may && (theme === 'stages' || theme === 'choices') && (
        <Swatches theme={theme} path={path} colour={held.colour} what={what} />
      )}
      {held.may && said === null && (
        <Group gap={4} mt={6}>
          <Button size="compact-xs" variant="default" aria-label={named(t('call'))} onClick={() => setSaid(held)}>
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
          <Both
            value={said.label}
            label={t('label')}
            inEnglish={t('labelEn')}
            error={wrong?.sentences.join(' ')}
            first
            onChange={(label) => setSaid({ ...said, label })}
          />
          {said.plural && (
            <Both
              value={said.plural}
              label={t('plural')}
              inEnglish={t('pluralEn')}
              onChange={(plural) => setSaid({ ...said, plural })}
            />
          )}
          <Group gap={4} mt={6}>
            <Button type="submit" size="compact-xs" loading={change.isPending} disabled={!isWhole(said)}>
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
const isWhole = ({ label, plural }: Said) => Boolean(label.fr.trim() && (plural === null || plural.fr.trim()));
const bodyOf = ({ label, plural }: Said) => ({
  label: label.fr,
  label_en: label.en,
  plural: plural?.fr ?? '',
  plural_en: plural?.en ?? '',
});
interface BothProps {
  value: Shape<'LabelOut'>;
  label: string;
  inEnglish: string;
  error?: string | undefined;
  first?: boolean;
  onChange: (value: Shape<'LabelOut'>) => void;
}
/** The same words in both languages; without English, French stands for it. */
function Both({ value, label, inEnglish, error, first = false, onChange }: BothProps) {
  return (
    <>
      <TextInput
        mt={6}
        size="xs"
        label={label}
        value={value.fr}
        maxLength={LONGEST}
        required
        data-autofocus={first || undefined}
        autoFocus={first}
        error={error}
        onChange={(event) => onChange({ ...value, fr: event.currentTarget.value })}
      />
      <TextInput
        mt={6}
        size="xs"
        label={inEnglish}
        placeholder={value.fr}
        value={value.en}
        maxLength={LONGEST}
        onChange={(event) => onChange({ ...value, en: event.currentTarget.value })}
      />
    </>
  );
}
