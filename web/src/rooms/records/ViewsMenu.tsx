/** The saved views of a list or a pipeline: opened, kept, shared, dropped. */
import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconLink, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { toast } from '@/client/toast';
import { type Named, Naming } from '@/sharing/Naming';
import { Whom } from '@/sharing/Whom';
import type { ViewSearch } from './search';
import { useTranslation } from './texts';
import { kept, type Of, useSaving, useViews, type View } from './views';

interface Props {
  of: Of;
  search: ViewSearch;
  /** Shows a view, or everything again. */
  onOpen: (search: ViewSearch) => void;
}
const NOTHING: ViewSearch = kept({});
export default function ViewsMenu({ of, search, onOpen }: Props) {
  const { t } = useTranslation('records');
  const views = useViews(of).data ?? [];
  const { save, replace, drop } = useSaving(of);
  const [naming, setNaming] = useState(false);
  const open = views.find((each) => each.id === search.enregistree);
  const change = (view: View) =>
    void replace(view.id, { name: view.name, shared: view.shared, role: view.role, search: kept(search) });
  const remove = async (view: View) => {
    await drop(view);
    onOpen({ ...search, enregistree: undefined });
  };
  const name = async (named: Named) => {
    const id = await save({ ...named, search: kept(search) });
    if (id === undefined) return;
    onOpen({ ...search, enregistree: id });
    setNaming(false);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    toast(t('views.copied'));
  };
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="subtle" color="gray" c="var(--pt-text-2)" leftSection={<IconBookmark size={14} />}>
            {open?.name ?? t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          <Menu.Item onClick={() => onOpen({ ...NOTHING, enregistree: undefined })}>{t('views.all')}</Menu.Item>
          {views.map((each) => (
            <Menu.Item
              key={each.id}
              rightSection={<Whom of={each} />}
              onClick={() => onOpen({ ...NOTHING, ...each.search, enregistree: each.id })}
            >
              {each.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setNaming(true)}>
            {t('views.save')}
          </Menu.Item>
          {open?.may_update && (
            <Menu.Item leftSection={<IconDeviceFloppy size={14} />} onClick={() => change(open)}>
              {t('views.replace', { name: open.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLink size={14} />} onClick={() => void copy()}>
            {t('views.link')}
          </Menu.Item>
          {open?.may_update && (
            <Menu.Item
              color="var(--pt-red-text)"
              leftSection={<IconTrash size={14} />}
              onClick={() => void remove(open)}
            >
              {t('views.drop', { name: open.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Naming title={t('views.save')} label={t('views.name')} onClose={() => setNaming(false)} onDone={name} />
      )}
    </>
  );
}
