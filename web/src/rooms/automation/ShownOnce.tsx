/** A secret that is shown this once: what it is, the secret to copy, what to do with it. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { toast } from '@/client/toast';
import s from './Rules.module.css';
import { useTranslation } from './texts';

interface Props {
  title: string;
  lead: string;
  label: string;
  secret: string;
  copy: string;
  copied: string;
  onClose: () => void;
  children: ReactNode;
}
export function ShownOnce({ title, lead, label, secret, copy, copied, onClose, children }: Props) {
  const { t } = useTranslation('automation');
  const take = async () => {
    await navigator.clipboard.writeText(secret);
    toast(copied);
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      closeOnClickOutside={false}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={s.door}>
        <p className={s.lead}>{lead}</p>
        <TextInput
          readOnly
          data-autofocus
          label={label}
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
        />
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button leftSection={<IconCopy size={15} />} onClick={() => void take()}>
            {copy}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
