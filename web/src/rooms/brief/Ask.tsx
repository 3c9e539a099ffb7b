/** A criterion of one's own, beside those of the maps. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Sheet } from '@/design/Sheet';
import s from './Grid.module.css';
import { grids, THEMES, useGridChange } from './grids';
import { useTranslation } from './texts';

export default function Ask({ grid, onClose }: { grid: string; onClose: () => void }) {
  const { t } = useTranslation('brief');
  const [theme, setTheme] = useState<(typeof THEMES)[number]>('configuration');
  const [label, setLabel] = useState('');
  const [detail, setDetail] = useState('');
  const ask = useGridChange(() => grids.ask(grid, { theme, label, detail, weight: 2 }), onClose);
  const send = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(undefined);
  };
  return (
    <Sheet title={t('grid.ask')} onClose={onClose}>
      <form className={s.answer} onSubmit={send}>
        <TextInput
          label={t('grid.criterion')}
          maxLength={300}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t('grid.detail')}
          autosize
          minRows={3}
          value={detail}
          onChange={(event) => setDetail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('grid.theme')}
          value={theme}
          onChange={(event) => setTheme(event.currentTarget.value as (typeof THEMES)[number])}
          data={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
        <Button type="submit" loading={ask.isPending} disabled={!label.trim()}>
          {t('grid.add')}
        </Button>
      </form>
    </Sheet>
  );
}
