/** How fresh a map is: in time, to be reviewed, late, or without anybody who answers for it. */
import { UnstyledButton } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { type Care, useCares } from '@/client/reviews';
import { Badge, type Tone } from '@/design/ui';
import { shortDay } from '@/lib/format';
import s from './Maps.module.css';
import { useTranslation } from './texts';

export function FreshBadge({ care, always = false }: { care: Care | undefined; always?: boolean }) {
  const { t } = useTranslation('maps');
  if (!care) return null;
  const [tone, said]: [Tone, string] = care.orphan
    ? ['amber', t('review.orphan')]
    : care.overdue
      ? ['red', t('review.overdue', { day: shortDay(care.due_on) })]
      : [
          'neutral',
          care.verified_at
            ? t('review.valid', { day: shortDay(care.due_on) })
            : t('review.due', { day: shortDay(care.due_on) }),
        ];
  if (tone === 'neutral' && !always) return null;
  return (
    <Badge tone={tone} icon={<IconHeartbeat size={12} stroke={1.8} />}>
      <span>{said}</span>
    </Badge>
  );
}
export function Freshness({ id, onOpen }: { id: string; onOpen: () => void }) {
  const { t } = useTranslation('maps');
  const care = useCares().data?.find((each) => each.id === id);
  if (!care) return null;
  return (
    <UnstyledButton className={s.fresh} onClick={onOpen} title={t('review.title')}>
      <FreshBadge care={care} always />
    </UnstyledButton>
  );
}
