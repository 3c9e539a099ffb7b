/** What each column of the file becomes: the guess, shown with samples, corrected by a person. */
import { Alert, Button, Select, Table } from '@mantine/core';
import { useState } from 'react';
import { http } from '@/client/http';
import type { ObjectShape } from '@/client/schema';
import { Badge } from '@/design/ui';
import s from './Imports.module.css';
import { useTargetLabel } from './labels';
import { Options } from './Options';
import { type Choices, type Import, useAct } from './queries';
import { assigned, given, isSpecial } from './targets';
import { Sheets } from './Sheets';
import { useTranslation } from './texts';

interface Props {
  one: Import;
  object: ObjectShape;
  onDone: () => void;
}
export function Columns({ one, object, onDone }: Props) {
  const { t } = useTranslation('connectors');
  const [choices, setChoices] = useState<Choices>(one.choices);
  const look = useAct(async () => {
    await http.put(`/api/imports/${one.id}/choices`, choices);
    await http.post(`/api/imports/${one.id}/look`);
  }, onDone);
  const named = given(choices).includes(one.title) || choices.title.length > 0 || choices.mode === 'update';
  return (
    <div className={s.part}>
      <h2>{t('columns.title')}</h2>
      <p>
        {t('columns.lead')} {one.preset && <Badge tone="accent">{t('columns.preset', { name: one.preset })}</Badge>}
      </p>
      <Sheets one={one} />
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.column')}</Table.Th>
              <Table.Th>{t('columns.becomes')}</Table.Th>
              <Table.Th>{t('columns.samples')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {one.samples.map(({ column, values }) => (
              <Table.Tr key={column}>
                <Table.Td>
                  <b>{column}</b>
                </Table.Td>
                <Table.Td>
                  <Target
                    one={one}
                    object={object}
                    column={column}
                    value={choices.columns[column] ?? ''}
                    onChange={(target) => setChoices(assigned(one, choices, object, column, target))}
                  />
                </Table.Td>
                <Table.Td className={s.samples}>{values.filter(Boolean).slice(0, 3).join(' · ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Options one={one} object={object} choices={choices} onChange={setChoices} />
      {!named && (
        <Alert color="yellow" variant="light">
          {t('columns.unnamed')}
        </Alert>
      )}
      <Button disabled={!named} loading={look.isPending} onClick={() => look.mutate(undefined)} w="fit-content">
        {t('columns.next')}
      </Button>
    </div>
  );
}
interface TargetProps {
  one: Import;
  object: ObjectShape;
  column: string;
  value: string;
  onChange: (target: string) => void;
}
function Target({ one, object, column, value, onChange }: TargetProps) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const data = [
    {
      group: t('columns.fields'),
      items: one.targets
        .filter((target) => !isSpecial(target))
        .map((target) => ({ value: target, label: label(target) })),
    },
    {
      group: t('columns.special'),
      items: one.targets.filter(isSpecial).map((target) => ({ value: target, label: label(target) })),
    },
  ];
  return (
    <Select
      size="xs"
      w={220}
      searchable
      clearable
      placeholder={t('columns.ignored')}
      aria-label={`${t('columns.becomes')} – ${column}`}
      data={data}
      value={value || null}
      onChange={(target) => onChange(target ?? '')}
    />
  );
}
