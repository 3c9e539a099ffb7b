/** The last word before a plan is applied: how much changes, and what cannot be seen again. */
import { Button, Group, List, Modal } from '@mantine/core';
import { useState } from 'react';
import { Motive } from './Motive';
import type { Plan } from './queries';
import { unproven } from './Scenarios';
import { useTranslation } from './texts';

interface Props {
  opened: boolean;
  plan: Plan;
  busy: boolean;
  onClose: () => void;
  onApply: (motive: string) => void;
}
export function Confirm({ opened, plan, busy, onClose, onApply }: Props) {
  const { t } = useTranslation('blueprint');
  const [motive, setMotive] = useState('');
  const red = unproven(plan).length > 0;
  const destructive = plan.changes.filter((each) => each.destructive);
  return (
    <Modal opened={opened} onClose={onClose} title={t('confirm.title')}>
      <p>{t('confirm.lead', { count: plan.changes.length })}</p>
      {destructive.length > 0 && (
        <>
          <p>{t('confirm.destructive')}</p>
          <List size="sm" mb="md">
            {destructive.map((each) => (
              <List.Item key={each.uid}>{each.say}</List.Item>
            ))}
          </List>
        </>
      )}
      {red && <Motive value={motive} onChange={setMotive} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('confirm.cancel')}
        </Button>
        <Button
          color={destructive.length || red ? 'red' : undefined}
          disabled={red && !motive.trim()}
          loading={busy}
          onClick={() => onApply(motive)}
          data-autofocus
        >
          {t('confirm.go')}
        </Button>
      </Group>
    </Modal>
  );
}
