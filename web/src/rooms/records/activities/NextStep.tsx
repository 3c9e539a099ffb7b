/** What comes next, asked when something ends: a few words, a day, one tap. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Sheet } from '@/design/Sheet';
import { useTranslation } from '../texts';
import s from './Activities.module.css';
import { dayOf, inDays, morningOf } from './dates';
import { type About, useActivities } from './queries';
import { WhenInput } from './WhenInput';

interface Props {
  about: About;
  link: string;
  title: string;
  /** Words to begin with. */
  hint: string;
  onClose: () => void;
}
export default function NextStep({ about, link, title, hint, onClose }: Props) {
  const { t } = useTranslation('records');
  const { log } = useActivities();
  const [name, setName] = useState(hint);
  const [day, setDay] = useState(dayOf(inDays(hint ? 1 : 3)));
  const [busy, setBusy] = useState(false);
  const plan = async () => {
    setBusy(true);
    const made = await log({ kind: 'task', name, due_at: morningOf(day).toISOString(), [link]: about.id });
    setBusy(false);
    if (made) onClose();
  };
  return (
    <Sheet title={t('activity.next', { title })} onClose={onClose}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          void plan();
        }}
      >
        <TextInput
          data-autofocus
          label={t('activity.nextLabel')}
          placeholder={t('activity.nextHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <WhenInput day={day} onChange={setDay} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('activity.nothing')}
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim() || !day}>
            {t('activity.plan')}
          </Button>
        </Group>
      </form>
    </Sheet>
  );
}
