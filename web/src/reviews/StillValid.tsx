/** One click that says: the map is still valid. */
import { Button, type ButtonProps } from '@mantine/core';
import { caring, useCaring } from '@/client/reviews';
import { toast } from '@/client/toast';
import { useTranslation } from './texts';

interface Props {
  id: string;
  size: ButtonProps['size'];
  /** Of which map, where several can be meant. */
  title?: string;
}
export function StillValid({ id, size, title }: Props) {
  const { t } = useTranslation('reviews');
  const verify = useCaring(
    () => caring.verify(id),
    () => toast(t('thanks')),
  );
  return (
    <Button
      size={size}
      variant="default"
      aria-label={title && t('stillOf', { title })}
      loading={verify.isPending}
      onClick={() => verify.mutate(undefined)}
    >
      {t('still')}
    </Button>
  );
}
