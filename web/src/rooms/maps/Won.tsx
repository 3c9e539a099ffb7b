/** Beside the map: what sets the won cases of the log that is shown apart from the lost ones. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import w from '@/design/work.module.css';
import { Winning } from '@/winning/Winning';
import { useTranslation } from './texts';

export default function Won({ log, onClose }: { log: string; onClose: () => void }) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t('winning')}>
      <div className={w.inspectorHead}>
        <h2>{t('winning')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={w.panel}>
        <Winning log={log} filters="" />
      </div>
    </aside>
  );
}
