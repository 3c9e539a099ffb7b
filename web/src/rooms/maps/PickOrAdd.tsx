/** Chooses among named things, or names a new one by typing it. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from './texts';

interface Props {
  label: string;
  items: readonly { id: string; label: string }[];
  value: string;
  onPick: (id: string) => void;
  onAdd: (label: string) => void;
}
const NEW = '+';
export function PickOrAdd({ label, items, value, onPick, onAdd }: Props) {
  const { t } = useTranslation('maps');
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const isNew = name !== '' && !items.some((each) => each.label.toLowerCase() === name.toLowerCase());
  const data = items.map((each) => ({ value: each.id, label: each.label }));
  return (
    <Select
      label={label}
      description={t('step.pickOrAdd')}
      searchable
      allowDeselect={false}
      data={isNew ? [...data, { value: NEW, label: t('step.addNamed', { name }) }] : data}
      filter={({ options, search }) =>
        options.filter(
          (each) =>
            'value' in each && (each.value === NEW || each.label.toLowerCase().includes(search.trim().toLowerCase())),
        )
      }
      value={value}
      onSearchChange={setTyped}
      onChange={(id) => {
        if (id === NEW) onAdd(name);
        else if (id) onPick(id);
      }}
    />
  );
}
