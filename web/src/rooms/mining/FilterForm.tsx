/** One filter while it is built. Each part of it that moves is shown on the flow at once. */
import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { PARTS } from './FilterParts';
import { type Filter, KINDS, type Kind } from './filters';
import m from './Mining.module.css';
import type { Choices } from './queries';
import { useTranslation } from './texts';

interface Props {
  choices: Choices;
  onAdd: (one: Filter) => void;
  onMoving: (one: Filter) => void;
}
export function FilterForm({ choices, onAdd, onMoving }: Props) {
  const { t } = useTranslation('mining');
  const [kind, setKind] = useState<Kind>('through');
  const [built, setBuilt] = useState<Filter | null>(null);
  const [without, setWithout] = useState(false);
  const whole = (one: Filter): Filter => (without ? { ...one, without } : one);
  const Part = PARTS[kind as (typeof KINDS)[number]];
  return (
    <form
      className={m.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (built) onAdd(whole(built));
      }}
    >
      <Select
        label={t('filterBy')}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          setKind(value as Kind);
          setBuilt(null);
        }}
      />
      <Part
        choices={choices}
        onChange={(one, moving) => {
          setBuilt(one);
          if (one && moving) onMoving(whole(one));
        }}
      />
      <Checkbox
        size="xs"
        label={t('without')}
        checked={without}
        onChange={(event) => setWithout(event.currentTarget.checked)}
      />
      <Button type="submit" size="xs" disabled={!built}>
        {t('addFilter')}
      </Button>
    </form>
  );
}
