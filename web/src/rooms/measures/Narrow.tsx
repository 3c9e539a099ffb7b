/** The one filter of a board: whose records, and the values of a few of their fields. */
import { Button, NativeSelect } from '@mantine/core';
import { usePeople } from '@/client/people';
import { type ObjectShape, useSay } from '@/client/schema';
import { type BoardSearch, facetsOf, hasOwner } from './boards';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape | undefined;
  search: BoardSearch;
  onChange: (next: BoardSearch) => void;
}
export function Narrow({ object, search, onChange }: Props) {
  const { t } = useTranslation('measures');
  const say = useSay();
  const facets = search.facettes ?? {};
  const choose = (field: string, value: string) => {
    const { [field]: _, ...others } = facets;
    const next = value ? { ...others, [field]: value } : others;
    onChange({ facettes: Object.keys(next).length ? next : undefined });
  };
  return (
    <>
      {hasOwner(object) && <Whose search={search} onChange={onChange} />}
      {facetsOf(object).map(({ name, label, choices }) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={say(label)}
          value={facets[name] ?? ''}
          onChange={(event) => choose(name, event.currentTarget.value)}
          data={[
            { value: '', label: t('all', { field: say(label) }) },
            ...choices.map((each) => ({ value: each.id, label: say(each.label) })),
          ]}
        />
      ))}
      {(search.qui ?? search.facettes) && (
        <Button size="xs" variant="subtle" onClick={() => onChange({ qui: undefined, facettes: undefined })}>
          {t('clear')}
        </Button>
      )}
    </>
  );
}
function Whose({ search, onChange }: Omit<Props, 'object'>) {
  const { t } = useTranslation('measures');
  const people = usePeople().data ?? [];
  const choose = (value: string) => {
    const named = value === 'moi' || value === 'equipe' ? value : Number(value) || undefined;
    onChange({ qui: named });
  };
  return (
    <NativeSelect
      size="xs"
      aria-label={t('who')}
      value={String(search.qui ?? '')}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        { value: '', label: t('whoAll') },
        { value: 'moi', label: t('whoMe') },
        { value: 'equipe', label: t('whoTeam') },
        ...people.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  );
}
