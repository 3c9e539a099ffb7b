/** A one-time link, shown once: whoever holds it chooses the password. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { toast } from '@/client/toast';
import s from './People.module.css';
import { useTranslation } from './texts';

export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const { t } = useTranslation('people');
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    toast(t('link.copied'));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('link.title', { name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={s.form}>
        <p className={s.faint}>{t('link.lead', { name })}</p>
        <TextInput
          readOnly
          data-autofocus
          aria-label={t('link.label')}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
            {t('link.copy')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
