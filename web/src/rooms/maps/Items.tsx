/** A list of small named things attached to a step, edited in place. */
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
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
  children?: (item: T, set: (change: Partial<T>) => void) => ReactNode;
}
export function Items<T extends Named>({ title, items = [], onChange, children }: ItemsProps<T>) {
  const { t } = useTranslation('maps');
  const set = (id: string, change: Partial<T>) =>
    onChange(items.map((each) => (each.id === id ? { ...each, ...change } : each)));
  const add = () => {
    const id = idFrom(
      title,
      items.map((each) => each.id),
    );
    onChange([...items, { id, label: title } as T]);
  };
  return (
    <section aria-label={title}>
      <h3 className={s.title}>
        {title}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={add}
          aria-label={`${t('add')} – ${title}`}
        >
          {t('add')}
        </Button>
      </h3>
      {items.map((item) => (
        <div key={item.id} className={s.item}>
          <div className={s.row}>
            <TextInput
              size="xs"
              aria-label={title}
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
    </section>
  );
}
