/** The saved views of a list or a pipeline: opened, kept, shared, dropped. */
import { Button, Group, Menu, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconLink, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { toast } from '@/client/toast';
import s from './Dialogs.module.css';
import type { ViewSearch } from './search';
import { useTranslation } from './texts';
import { kept, type NewView, type Of, type Shared, useSaving, useViews, type View } from './views';

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
  const { replace, drop } = useSaving(of);
  const [naming, setNaming] = useState(false);
  const open = views.find((each) => each.id === search.enregistree);
  const change = (view: View) =>
    void replace(view.id, { name: view.name, shared: view.shared, role: view.role, search: kept(search) });
  const remove = async (view: View) => {
    await drop(view);
    onOpen({ ...search, enregistree: undefined });
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
              rightSection={<SharedWith view={each} />}
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
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => void remove(open)}>
              {t('views.drop', { name: open.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Naming
          of={of}
          search={kept(search)}
          onClose={() => setNaming(false)}
          onSaved={(id) => onOpen({ ...search, enregistree: id })}
        />
      )}
    </>
  );
}
/** Whom a view is for, when not oneself alone; its author when another. */
function SharedWith({ view }: { view: View }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const roles = useSchemaQuery().data?.roles ?? [];
  if (view.shared === 'me') return null;
  const whom = view.shared === 'team' ? t('views.team') : say(roles.find((each) => each.uid === view.role)?.label);
  return <small className={s.faint}>{view.mine ? whom : `${whom} · ${view.author}`}</small>;
}
interface NamingProps {
  of: Of;
  search: ViewSearch;
  onClose: () => void;
  onSaved: (id: number) => void;
}
function Naming({ of, search, onClose, onSaved }: NamingProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const mine = useSession().roles;
  const roles = (useSchemaQuery().data?.roles ?? []).filter((each) => mine.includes(each.uid));
  const { save } = useSaving(of);
  const [name, setName] = useState('');
  const [whom, setWhom] = useState('me');
  const go = async () => {
    const role = whom.startsWith('role:') ? whom.slice(5) : '';
    const view: NewView = { name, search, shared: role ? 'role' : (whom as Shared), role };
    const id = await save(view);
    if (id === undefined) return;
    onSaved(id);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('views.save')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <TextInput
          data-autofocus
          required
          maxLength={80}
          label={t('views.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('views.shared')}
          value={whom}
          onChange={(event) => setWhom(event.currentTarget.value)}
          data={[
            { value: 'me', label: t('views.me') },
            { value: 'team', label: t('views.team') },
            ...roles.map((each) => ({ value: `role:${each.uid}`, label: t('views.role', { role: say(each.label) }) })),
          ]}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('record.cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim()}>
            {t('record.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
