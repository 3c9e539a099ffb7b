/** A text in which @ offers people as one types. */
import { Combobox, Group, Textarea, type TextareaProps, useCombobox } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { usePeople } from '@/client/people';
import { Monogram } from '@/design/ui';
import { askedAt, matching } from './mentions';
import { useTranslation } from './texts';

interface Props extends Omit<TextareaProps, 'value' | 'onChange' | 'onKeyDown'> {
  value: string;
  onWrite: (text: string) => void;
  /** A key that the list of people does not need. */
  onKey?: (event: KeyboardEvent) => void;
}
export function MentionArea({ value, onWrite, onKey, ...rest }: Props) {
  const { t } = useTranslation('threads');
  const people = usePeople().data ?? [];
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const box = useRef<HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const offered = asked === null ? [] : matching(people, asked);
  const write = (next: string, caret: number) => {
    onWrite(next);
    const wanted = askedAt(next, caret);
    setAsked(wanted);
    if (wanted === null || matching(people, wanted).length === 0) return list.closeDropdown();
    list.openDropdown();
    list.selectFirstOption();
  };
  const pick = (id: string) => {
    const person = people.find((each) => String(each.id) === id);
    const caret = box.current?.selectionStart ?? value.length;
    if (!person || asked === null) return;
    const before = `${value.slice(0, caret - asked.length)}${person.name} `;
    write(before + value.slice(caret), before.length);
    list.closeDropdown();
    setAsked(null);
    requestAnimationFrame(() => box.current?.setSelectionRange(before.length, before.length));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && list.dropdownOpened) {
      event.stopPropagation();
      list.closeDropdown();
    } else onKey?.(event);
  };
  return (
    <Combobox store={list} onOptionSubmit={pick} withinPortal>
      <Combobox.Target>
        <Textarea
          ref={box}
          autosize
          minRows={2}
          maxRows={10}
          value={value}
          {...rest}
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
  );
}
