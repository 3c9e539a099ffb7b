/** A list of small named things attached to a step, edited in place. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import w from '@/design/work.module.css';
import s from './Maps.module.css';
import { idFrom } from './model';
import { useTranslation } from './texts';

interface Named {
  id: string;
  label: string;
}
interface ItemsProps<T extends Named> {
  title: string;
  items: readonly T[] | undefined;
  onChange: (items: T[]) => void;
  /** Ids that are taken elsewhere. */
  taken?: readonly string[];
  children?: (item: T, set: (change: Partial<T>) => void) => ReactNode;
}
export function Items<T extends Named>({ title, items = [], onChange, taken = [], children }: ItemsProps<T>) {
  const { t } = useTranslation('maps');
  const [name, setName] = useState('');
  const set = (id: string, change: Partial<T>) =>
    onChange(items.map((each) => (each.id === id ? { ...each, ...change } : each)));
  const add = () => {
    const label = name.trim();
    if (!label) return;
    const id = idFrom(label, [...taken, ...items.map((each) => each.id)]);
    onChange([...items, { id, label } as T]);
    setName('');
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <section aria-label={title}>
      <h3 className={w.title}>{title}</h3>
      {items.map((item) => (
        <div key={item.id} className={s.item}>
          <div className={s.row}>
            <TextInput
              size="xs"
              aria-label={`${title} – ${item.label}`}
              value={item.label}
              onChange={(event) => set(item.id, { label: event.currentTarget.value } as Partial<T>)}
            />
            <ActionIcon
              aria-label={`${t('remove')} – ${item.label}`}
              onClick={() => onChange(items.filter((each) => each.id !== item.id))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          {children?.(item, (change) => set(item.id, change))}
        </div>
      ))}
      <div className={s.row}>
        <TextInput
          size="xs"
          variant="filled"
          aria-label={`${t('add')} – ${title}`}
          placeholder={t('addHere')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={enter}
        />
        <ActionIcon aria-label={`${t('addIt')} – ${title}`} disabled={!name.trim()} onClick={add}>
          <IconPlus size={14} />
        </ActionIcon>
      </div>
    </section>
  );
}
