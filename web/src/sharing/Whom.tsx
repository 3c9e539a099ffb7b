/** Whom what is kept is for, when not oneself alone; its author when another. */
import { useSay, useSchemaQuery } from '@/client/schema';
import s from './Sharing.module.css';
import { useTranslation } from './texts';

interface Shared {
  shared: string;
  role: string;
  mine: boolean;
  author: string;
}
export function Whom({ of }: { of: Shared }) {
  const { t } = useTranslation('sharing');
  const say = useSay();
  const roles = useSchemaQuery().data?.roles ?? [];
  if (of.shared === 'me') return null;
  const whom = of.shared === 'team' ? t('team') : say(roles.find((each) => each.uid === of.role)?.label);
  return <small className={s.faint}>{of.mine ? whom : `${whom} · ${of.author}`}</small>;
}
