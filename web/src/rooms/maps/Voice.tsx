/** How many suffer from an irritant too; one click adds one's voice, another takes it back. */
import { Button } from '@mantine/core';
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { type Irritant, ledger, useLedger } from '@/client/irritants';
import { integer } from '@/lib/format';
import { useTranslation } from './texts';

export function Voice({ irritant }: { irritant: Irritant }) {
  const { t } = useTranslation('maps');
  const vote = useLedger(() => ledger.vote(irritant));
  if (irritant.resolved_at) return integer(irritant.votes);
  const Icon = irritant.voted ? IconThumbUpFilled : IconThumbUp;
  return (
    <Button
      size="compact-xs"
      variant={irritant.voted ? 'light' : 'default'}
      leftSection={<Icon size={13} />}
      aria-pressed={irritant.voted}
      aria-label={t('irritants.voice', { label: irritant.label, count: irritant.votes })}
      title={t('irritants.me')}
      loading={vote.isPending}
      onClick={() => vote.mutate(undefined)}
    >
      {integer(irritant.votes)}
    </Button>
  );
}
