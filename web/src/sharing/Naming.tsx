/** The dialog that gives what is kept its name, and says for whom: oneself, one's team or one of one's roles. */
import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import s from './Sharing.module.css';
import { useTranslation } from './texts';

const ROLE = 'role:';
const LONGEST = 80;
export interface Named {
  name: string;
  shared: 'me' | 'team' | 'role';
  role: string;
}
interface Props {
  title: string;
  /** What the name is the name of. */
  label: string;
  known?: Named | undefined;
  onClose: () => void;
  /** Keeps it; whoever asked closes the dialog once it is kept. */
  onDone: (named: Named) => Promise<void>;
}
export function Naming({ title, label, known, onClose, onDone }: Props) {
  const { t } = useTranslation('sharing');
  const say = useSay();
  const mine = useSession().roles;
  const roles = (useSchemaQuery().data?.roles ?? []).filter((each) => mine.includes(each.uid));
  const [name, setName] = useState(known?.name ?? '');
  const [whom, setWhom] = useState<string>(known?.shared === 'role' ? ROLE + known.role : (known?.shared ?? 'me'));
  const [busy, setBusy] = useState(false);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    const role = whom.startsWith(ROLE) ? whom.slice(ROLE.length) : '';
    setBusy(true);
    await onDone({ name, shared: role ? 'role' : (whom as 'me' | 'team'), role });
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={s.form} onSubmit={(event) => void go(event)}>
        <TextInput
          data-autofocus
          required
          maxLength={LONGEST}
          label={label}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('shared')}
          value={whom}
          onChange={(event) => setWhom(event.currentTarget.value)}
          data={[
            { value: 'me', label: t('me') },
            { value: 'team', label: t('team') },
            ...roles.map((each) => ({ value: ROLE + each.uid, label: t('role', { role: say(each.label) }) })),
          ]}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={busy}>
            {t('keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
