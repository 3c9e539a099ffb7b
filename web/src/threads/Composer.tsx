/** Where one writes: @ offers people, Ctrl+Enter sends, what is not sent yet survives a reload. */
import { Button, Combobox, Group, Textarea, useCombobox } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { usePeople } from '@/client/people';
import { Monogram } from '@/design/ui';
import { askedAt, matching, tokens } from './mentions';
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
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => sessionStorage.getItem(keyOf(draft)) ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const offered = asked === null ? [] : matching(people, asked);
  const write = (next: string, caret: number) => {
    setText(next);
    sessionStorage.setItem(keyOf(draft), next);
    const wanted = askedAt(next, caret);
    setAsked(wanted);
    if (wanted === null || matching(people, wanted).length === 0) return list.closeDropdown();
    list.openDropdown();
    list.selectFirstOption();
  };
  const pick = (id: string) => {
    const person = people.find((each) => String(each.id) === id);
    const caret = box.current?.selectionStart ?? text.length;
    if (!person || asked === null) return;
    const before = `${text.slice(0, caret - asked.length)}${person.name} `;
    write(before + text.slice(caret), before.length);
    list.closeDropdown();
    setAsked(null);
    requestAnimationFrame(() => box.current?.setSelectionRange(before.length, before.length));
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
    else if (event.key === 'Escape' && list.dropdownOpened) list.closeDropdown();
    else if (event.key === 'Escape') onCancel?.();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Combobox store={list} onOptionSubmit={pick} withinPortal>
        <Combobox.Target>
          <Textarea
            ref={box}
            aria-label={label}
            placeholder={t('placeholder')}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={4000}
            value={text}
            autoFocus={focus}
            onChange={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
            onKeyDown={keys}
            onBlur={() => list.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offered.length === 0}>
          <Combobox.Options aria-label={t('people')}>
            {offered.map((each) => (
              <Combobox.Option key={each.id} value={String(each.id)}>
                <Group gap={8} wrap="nowrap">
                  <Monogram name={each.name} hue={each.hue} round />
                  {each.name}
                </Group>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
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
