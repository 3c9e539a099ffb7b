/** Keeping the requirements as they are now: what changes next is marked against them. */
import { Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type Brief, useKeep } from './queries';
import { useTranslation } from './texts';

export function Keep({ brief }: { brief: Brief }) {
  const { t } = useTranslation('brief');
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const keep = useKeep(() => setOpen(false));
  const send = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(note);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={15} />}
          disabled={!brief.draft}
          title={brief.draft ? undefined : t('nothingNew')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('keep')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={send}>
          <TextInput
            label={t('note')}
            description={t('keepLead')}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" mt="sm" loading={keep.isPending}>
            {t('keepNow', { n: (brief.versions[0]?.n ?? 0) + 1 })}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
