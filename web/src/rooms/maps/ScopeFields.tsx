/** What a map covers, and the process that it is a variant of, as they are said. */
import { Select, TagsInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Scope } from '@/client/maps';
import { useMaps } from './queries';
import { MANY } from './scope';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

export default function ScopeFields({ editor, editable }: { editor: Editor; editable: boolean }) {
  const { t } = useTranslation('maps');
  const { map } = editor;
  const maps = useMaps().data ?? [];
  const scope = map.scope ?? {};
  const set = (change: Partial<Scope>) =>
    editor.change((known) => ({ ...known, scope: { ...known.scope, ...change } }));
  const others = [...new Map(maps.filter((each) => each.uid !== map.uid).map((each) => [each.uid, each.title]))];
  const root = map.variant_of ?? map.uid;
  const varied = maps.some((each) => each.variant_of === root);
  return (
    <>
      <TextInput
        size="xs"
        label={t('create.name')}
        disabled={!editable}
        value={map.title}
        onChange={({ currentTarget: { value } }) => value && editor.change((known) => ({ ...known, title: value }))}
      />
      <TextInput
        size="xs"
        label={t('scope.cycle')}
        placeholder={t('scope.cycleHint')}
        disabled={!editable}
        value={scope.cycle ?? ''}
        onChange={(event) => set({ cycle: event.currentTarget.value })}
      />
      {MANY.map((each) => (
        <TagsInput
          key={each}
          size="xs"
          label={t(`scope.${each}`)}
          disabled={!editable}
          value={scope[each] ?? []}
          onChange={(values) => set({ [each]: values })}
        />
      ))}
      <Select
        size="xs"
        label={t('scope.variantOf')}
        clearable
        disabled={!editable}
        data={others.map(([value, label]) => ({ value, label }))}
        value={map.variant_of ?? null}
        onChange={(variant_of) => editor.change((known) => ({ ...known, variant_of }))}
      />
      {varied && (
        <Link to="/cartes" search={{ vue: 'variantes', de: root }}>
          {t('variants.compare')}
        </Link>
      )}
    </>
  );
}
