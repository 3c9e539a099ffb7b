/** A vendor at the head of its column: its link, and leaving the grid; adding one. */
import { ActionIcon, Button, CopyButton, Menu, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronDown, IconLink, IconLinkOff, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { toast, toastUndo } from '@/client/toast';
import { day } from '@/lib/format';
import s from './Grid.module.css';
import { type Column, grids, useGridChange } from './grids';
import { useTranslation } from './texts';

export function VendorHead({ grid, vendor }: { grid: string; vendor: Column }) {
  const { t } = useTranslation('brief');
  const [inviting, invite] = useState(false);
  const restore = useGridChange(() => grids.restore(grid, vendor.id));
  const remove = useGridChange(
    () => grids.remove(grid, vendor.id),
    () => toastUndo(t('grid.removed', { name: vendor.name }), t('grid.undo'), () => restore.mutate(undefined)),
  );
  const revoke = useGridChange(
    () => grids.revoke(vendor.id),
    () => toast(t('grid.revoked', { name: vendor.name })),
  );
  if (vendor.own) return <span title={t('grid.ownLead')}>{vendor.name}</span>;
  return (
    <>
      <Menu>
        <Menu.Target>
          <button type="button" className={s.vendor} aria-label={t('grid.menuOf', { name: vendor.name })}>
            {vendor.name} <IconChevronDown size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {vendor.invitation && (
            <Menu.Label>
              {t('grid.openUntil', { day: day(vendor.invitation.ends_at) })}
              {vendor.invitation.seen_at && ` · ${t('grid.seen', { day: day(vendor.invitation.seen_at) })}`}
            </Menu.Label>
          )}
          <Menu.Item leftSection={<IconLink size={14} />} onClick={() => invite(true)}>
            {t(vendor.invitation ? 'grid.newLink' : 'grid.invite')}
          </Menu.Item>
          {vendor.invitation && (
            <Menu.Item leftSection={<IconLinkOff size={14} />} onClick={() => revoke.mutate(undefined)}>
              {t('grid.revoke')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => remove.mutate(undefined)}>
            {t('grid.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {inviting && <Invite vendor={vendor} onClose={() => invite(false)} />}
    </>
  );
}
const DAYS = ['7', '21', '45', '90'];
function Invite({ vendor, onClose }: { vendor: Column; onClose: () => void }) {
  const { t } = useTranslation('brief');
  const [days, setDays] = useState('21');
  const [address, setAddress] = useState('');
  const invite = useGridChange(
    () => grids.invite(vendor.id, Number(days)),
    ({ token }) => setAddress(`${location.origin}/evaluation#${token}`),
  );
  return (
    <Modal opened onClose={onClose} title={t('grid.inviteTitle', { name: vendor.name })}>
      <p>{t(vendor.invitation ? 'grid.inviteAgain' : 'grid.inviteLead')}</p>
      {address ? (
        <>
          <TextInput label={t('grid.address')} description={t('grid.once')} readOnly value={address} data-autofocus />
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button mt="sm" onClick={copy}>
                {t(copied ? 'grid.copied' : 'grid.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      ) : (
        <>
          <NativeSelect
            label={t('grid.lasts')}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={DAYS.map((value) => ({ value, label: t('grid.days', { count: Number(value) }) }))}
          />
          <Button mt="sm" loading={invite.isPending} onClick={() => invite.mutate(undefined)}>
            {t('grid.makeLink')}
          </Button>
        </>
      )}
    </Modal>
  );
}
export function AddVendor({ grid }: { grid: string }) {
  const { t } = useTranslation('brief');
  const [name, setName] = useState('');
  const add = useGridChange(
    () => grids.add(grid, name),
    () => setName(''),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) add.mutate(undefined);
  };
  return (
    <form className={s.add} onSubmit={send}>
      <TextInput
        size="xs"
        aria-label={t('grid.vendorName')}
        placeholder={t('grid.vendorName')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ActionIcon
        type="submit"
        variant="default"
        aria-label={t('grid.addVendor')}
        loading={add.isPending}
        disabled={!name.trim()}
      >
        <IconPlus size={15} />
      </ActionIcon>
    </form>
  );
}
