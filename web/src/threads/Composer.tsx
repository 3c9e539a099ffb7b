/** Where one writes: @ offers people, Ctrl+Enter sends, what is not sent yet survives a reload. */
import { Button, Group } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { usePeople } from '@/client/people';
import { MentionArea } from './MentionArea';
import { tokens } from './mentions';
import { useTranslation } from './texts';

interface Props {
  /** What the draft is kept under. */
  draft: string;
  label: string;
  busy: boolean;
  onSend: (body: string, done: () => void) => void;
  onCancel?: () => void;
  focus?: boolean;
  children?: ReactNode;
}
const keyOf = (draft: string) => `portulan.said.${draft}`;

export function Composer({ draft, label, busy, onSend, onCancel, focus, children }: Props) {
  const { t } = useTranslation('threads');
  const people = usePeople().data ?? [];
  const [text, setText] = useState(() => sessionStorage.getItem(keyOf(draft)) ?? '');
  const write = (next: string) => {
    setText(next);
    sessionStorage.setItem(keyOf(draft), next);
  };
  const send = () => {
    if (!text.trim() || busy) return;
    onSend(tokens(text, people), () => {
      setText('');
      sessionStorage.removeItem(keyOf(draft));
    });
  };
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    else if (event.key === 'Escape') onCancel?.();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MentionArea
        aria-label={label}
        placeholder={t('placeholder')}
        maxLength={4000}
        value={text}
        autoFocus={focus}
        onWrite={write}
        onKey={keys}
      />
      <Group gap={6} mt={6} align="flex-end">
        {children}
        <Button type="submit" variant="default" size="xs" ml="auto" loading={busy} disabled={!text.trim()}>
          {t('send')}
        </Button>
        {onCancel && (
          <Button variant="subtle" size="xs" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}
