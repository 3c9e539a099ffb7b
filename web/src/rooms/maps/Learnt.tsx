/** Beside the map: what is learnt of the cases of the log that is shown. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import w from '@/design/work.module.css';
import { Foresight } from '@/foresight/Foresight';
import { Winning } from '@/winning/Winning';
import { useTranslation } from './texts';

interface Props {
  what: 'winning' | 'foresight';
  log: string;
  onClose: () => void;
}
export default function Learnt({ what, log, onClose }: Props) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t(what)}>
      <div className={w.inspectorHead}>
        <h2>{t(what)}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={w.panel}>
        {what === 'winning' ? <Winning log={log} filters="" /> : <Foresight log={log} filters="" />}
      </div>
    </aside>
  );
}
