/** The header that every screen shares: where we are, and what can be done here. */
import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { createContext, use, type ReactNode } from 'react';
import { useTranslation } from '@/i18n';
import s from './PageHead.module.css';

export const MenuContext = createContext<() => void>(() => undefined);
/** What every header ends with: the bell. */
export const EndContext = createContext<ReactNode>(null);

export function PageHead({ crumbs, children }: { crumbs: ReactNode[]; children?: ReactNode }) {
  const { t } = useTranslation('app');
  const openMenu = use(MenuContext);
  const end = use(EndContext);
  const last = crumbs.length - 1;
  return (
    <header className={s.head}>
      <ActionIcon className={s.burger} aria-label={t('nav.open')} onClick={openMenu}>
        <IconMenu2 size={18} stroke={1.6} />
      </ActionIcon>
      <div className={s.crumbs}>
        {crumbs.map((crumb, index) => (
          <span key={index} data-last={index === last || undefined}>
            {index === last ? <h1>{crumb}</h1> : crumb}
          </span>
        ))}
      </div>
      <span className={s.gap} />
      <div className={s.actions}>{children}</div>
      {end}
    </header>
  );
}
