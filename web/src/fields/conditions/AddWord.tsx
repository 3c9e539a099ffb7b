/** A word of the glossary as a condition: those on whose meaning the teams agree. */
import { Select } from '@mantine/core';
import { useSchema } from '@/client/blueprint';
import type { Condition } from '@/client/maps';
import { useKnownTerms } from '@/words/queries';
import { useTranslation } from './texts';

interface Props {
  object: string;
  onAdd: (part: Condition) => void;
}
export function AddWord({ object, onAdd }: Props) {
  const { t } = useTranslation('conditions');
  const known = useSchema().data?.objects.find((each) => each.uid === object || each.name === object);
  const terms = useKnownTerms().filter(
    (each) => each.condition && each.object_name === known?.name && each.rivals.length === 0,
  );
  if (terms.length === 0) return null;
  return (
    <Select
      size="xs"
      aria-label={t('addWord')}
      placeholder={t('addWord')}
      value={null}
      data={terms.map((each) => ({ value: each.id, label: each.word }))}
      onChange={(id) => {
        const found = terms.find((each) => each.id === id);
        if (found) onAdd({ all: [found.condition], term: found.id.replaceAll('-', ''), word: found.word });
      }}
    />
  );
}
