/** Beside the map: how the cases of the log that is shown keep to it, and what is decided about those that do not. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import w from '@/design/work.module.css';
import { Deviations } from '@/deviations/Deviations';
import { useTranslation } from './texts';

interface Props {
  id: string;
  log: string;
  onSelect: (id: string) => void;
  onClose: () => void;
}
export default function Deviating({ id, log, onSelect, onClose }: Props) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t('deviations')}>
      <div className={w.inspectorHead}>
        <h2>{t('deviations')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={w.panel}>
        <Deviations between={{ map: id, log, filters: '' }} onStep={onSelect} />
      </div>
    </aside>
  );
}
