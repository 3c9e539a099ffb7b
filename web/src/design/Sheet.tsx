/** A panel beside the screen, or a sheet that rises from the bottom of a phone, within reach of the thumb. */
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from '@/i18n';
import s from './Sheet.module.css';

interface Props {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}
export function Sheet({ title, onClose, children }: Props) {
  const { t } = useTranslation('app');
  const phone = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      size="md"
      title={title}
      {...(phone ? { classNames: { inner: s.inner, content: s.content } } : {})}
      closeButtonProps={{ 'aria-label': t('state.close') }}
    >
      {children}
    </Drawer>
  );
}
