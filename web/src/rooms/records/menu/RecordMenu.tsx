/** The rarer actions on a record: make a scenario of what was done on it, merge it, put it into the bin. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowMerge, IconDots, IconListCheck, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { addTexts } from '@/i18n';
import { MergeWith } from '../Merged';
import { useTranslation } from '../texts';
import { useBin } from '../useBin';
import en from './en.json';
import fr from './fr.json';

addTexts('recordMenu', { fr, en });

const DeleteDialog = lazy(() => import('../DeleteDialog'));
const ScenarioDialog = lazy(() => import('./ScenarioDialog'));
type Asked = 'scenario' | 'merge' | 'delete';
interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  /** Whether the record travels on a map that one may draw on. */
  recordable: boolean;
}
export default function RecordMenu({ object, record, recordable }: Props) {
  const { t } = useTranslation(['records', 'recordMenu']);
  const navigate = useNavigate();
  const { remove } = useBin({ object, record });
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask(null);
  const go = async () => {
    await remove();
    await navigate({ to: '/fiches/$object', params: { object: object.name } });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('record.actions')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {recordable && (
            <Menu.Item leftSection={<IconListCheck size={15} />} onClick={() => ask('scenario')}>
              {t('recordMenu:make')}
            </Menu.Item>
          )}
          {record.may.delete && (
            <Menu.Item leftSection={<IconArrowMerge size={15} />} onClick={() => ask('merge')}>
              {t('merge.with')}
            </Menu.Item>
          )}
          {(record.may.delete || record.may.ask_deletion) && (
            <Menu.Item color="var(--pt-red-text)" leftSection={<IconTrash size={15} />} onClick={() => ask('delete')}>
              {t('record.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'merge' && <MergeWith object={object} record={record} onClose={close} onDone={close} />}
      <Suspense>
        {asked === 'scenario' && <ScenarioDialog object={object} record={record} onClose={close} />}
        {asked === 'delete' && <DeleteDialog object={object} record={record} onDelete={go} onClose={close} />}
      </Suspense>
    </>
  );
}
