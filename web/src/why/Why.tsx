/** « Pourquoi ceci existe ? »: a small button; what it opens is loaded when somebody asks. */
import { ActionIcon } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Asked } from './asked';
import { useTranslation } from './texts';
import s from './Why.module.css';

const Opened = lazy(() => import('./Opened'));

interface Props extends Asked {
  what: string;
  /** Nothing explains it: seen only where one points. */
  quiet?: boolean;
  /** What is known without asking. */
  children?: ReactNode;
}
export function Why({ what, quiet, children, ...asked }: Props) {
  const { t } = useTranslation('why');
  const [wanted, setWanted] = useState(false);
  const button = (onClick: () => void) => (
    <ActionIcon
      className={quiet ? `${s.why} ${s.quiet}` : s.why}
      size={20}
      aria-label={t('ask', { what })}
      title={t('title')}
      onClick={onClick}
    >
      <IconHelp size={14} />
    </ActionIcon>
  );
  const closed = button(() => setWanted(true));
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Opened {...asked} button={button}>
        {children}
      </Opened>
    </Suspense>
  );
}
