/** What a map covers: part of the life cycle, segments, countries, entities; and the process that it is a variant of. */
import { Button, Popover, Select, TagsInput, TextInput } from '@mantine/core';
import { IconTarget } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MapDoc, Scope } from '@/client/maps';
import s from './Maps.module.css';
import { useMaps } from './queries';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const MANY = ['segments', 'countries', 'entities'] as const;
/** The scope on one line, empty when nothing is said. */
export const scopeLine = (scope: Scope | undefined): string =>
  [scope?.cycle, ...MANY.map((each) => scope?.[each]?.join(', '))].filter(Boolean).join(' · ');

export default function ScopeCard({ editor, editable }: { editor: Editor; editable: boolean }) {
  const { t } = useTranslation('maps');
  const { map } = editor;
  const said = scopeLine(map.scope);
  return (
    <Popover position="bottom-end" width={300} withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          className={s.scope}
          leftSection={<IconTarget size={14} />}
          title={said || t('scope.none')}
        >
          <span>{said || t('scope.title')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={s.form} aria-label={t('scope.title')}>
        <Fields map={map} editor={editor} editable={editable} />
      </Popover.Dropdown>
    </Popover>
  );
}
function Fields({ map, editor, editable }: { map: MapDoc; editor: Editor; editable: boolean }) {
  const { t } = useTranslation('maps');
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
