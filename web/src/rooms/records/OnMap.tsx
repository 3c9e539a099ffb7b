/** The way back to the element of the map that asks for something. */
import { IconRoute } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Origin } from '@/client/schema';
import s from './Dialogs.module.css';
import { useMapIds } from './queries';
import { useTranslation } from './texts';

export function OnMap({ origin }: { origin: Origin | null }) {
  const { t } = useTranslation('records');
  const id = useMapIds()(origin?.map);
  if (!origin || !id) return null;
  return (
    <Link
      className={s.onMap}
      title={t('gate.onMap')}
      to="/cartes/$id"
      params={{ id }}
      search={{ element: origin.element }}
    >
      <IconRoute size={15} aria-label={t('gate.onMap')} role="img" />
    </Link>
  );
}
