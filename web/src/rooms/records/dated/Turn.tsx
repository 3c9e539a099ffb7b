/** Which span of time is on screen: earlier, now, later, under its name. */
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from '@/i18n';
import type { Zoom } from '../search';
import s from './Dated.module.css';
import { localDay, turned } from './dates';

interface Props {
  zoom: Zoom;
  day: string;
  title: string;
  onChange: (next: { jour: string | undefined }) => void;
  children: ReactNode;
}
export function Turn({ zoom, day, title, onChange, children }: Props) {
  const { t } = useTranslation('dated');
  return (
    <div className={s.turn}>
      <ActionIcon aria-label={t('earlier')} onClick={() => onChange({ jour: turned(zoom, day, -1) })}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Button size="compact-sm" variant="default" onClick={() => onChange({ jour: undefined })}>
        {t('today')}
      </Button>
      <ActionIcon aria-label={t('later')} onClick={() => onChange({ jour: turned(zoom, day, 1) })}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <h2 aria-live="polite">{title}</h2>
      <span className={s.grow} />
      {children}
    </div>
  );
}
/** How many are not on screen, said rather than guessed. */
export function Beyond({ shown, hidden }: { shown: number; hidden: number }) {
  const { t } = useTranslation('dated');
  if (shown === 0) return <p className={s.note}>{t('none')}</p>;
  if (hidden === 0) return null;
  return (
    <p className={s.note} role="status">
      {t('beyond', { shown, count: hidden })}
    </p>
  );
}
export const today = () => localDay(new Date());
