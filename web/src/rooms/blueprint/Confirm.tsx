/** The last word before a plan is applied: how much changes, and what cannot be seen again. */
import { Button, Group, List, Modal } from '@mantine/core';
import type { Plan } from './queries';
import { useTranslation } from './texts';

interface Props {
  opened: boolean;
  plan: Plan;
  busy: boolean;
  onClose: () => void;
  onApply: () => void;
}
export function Confirm({ opened, plan, busy, onClose, onApply }: Props) {
  const { t } = useTranslation('blueprint');
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
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('confirm.cancel')}
        </Button>
        <Button color={destructive.length ? 'red' : undefined} loading={busy} onClick={onApply} data-autofocus>
          {t('confirm.go')}
        </Button>
      </Group>
    </Modal>
  );
}
