/** Two people changed the same record: both values, side by side, and who wins. */
import { Button, Group, Modal, Table } from '@mantine/core';
import type { Problem } from '@/client/problem';
import { useSay, useSchemaQuery } from '@/client/schema';
import { FieldValue } from '@/fields';
import s from './Dialogs.module.css';
import type { Both } from './move';
import { useTranslation } from './texts';

interface Props {
  object: string;
  problem: Problem;
  /** By field; without it, what the refusal tells. */
  both?: Record<string, unknown>;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
}
export default function ConflictDialog({
  object,
  problem,
  both: told = problem.details,
  busy,
  onMine,
  onTheirs,
}: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const schema = useSchemaQuery().data;
  const fields = schema?.objects.find((each) => each.name === object)?.fields ?? [];
  const stages = schema?.pipelines.flatMap((each) => each.stages) ?? [];
  const both = Object.entries(told).filter(([, each]) => each && typeof each === 'object' && 'theirs' in each);
  const shown = (name: string, value: unknown) => {
    const field = fields.find((each) => each.name === name);
    const stage = name === 'stage' ? stages.find((each) => each.uid === value) : undefined;
    if (stage) return say(stage.label);
    return field ? <FieldValue field={field} value={value} /> : String(value ?? '–');
  };
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('close') }}
      opened
      onClose={onTheirs}
      title={t('conflict.title')}
      size="lg"
    >
      <div className={s.form}>
        <p className={s.lead}>{problem.message}</p>
        {both.length > 0 && (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('conflict.field')}</Table.Th>
                <Table.Th>{t('conflict.mine')}</Table.Th>
                <Table.Th>{t('conflict.theirs')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {both.map(([name, each]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{say(fields.find((field) => field.name === name)?.label) || name}</Table.Th>
                  <Table.Td>{shown(name, (each as Both).mine)}</Table.Td>
                  <Table.Td>{shown(name, (each as Both).theirs)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onTheirs} data-autofocus>
            {t('conflict.keepTheirs')}
          </Button>
          <Button onClick={onMine} loading={busy}>
            {t('conflict.putMine')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
