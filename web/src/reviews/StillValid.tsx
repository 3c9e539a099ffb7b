/** One click that says: the map is still valid, the data were looked at. */
import { Button, type ButtonProps } from '@mantine/core';
import { caring, useCaring } from '@/client/reviews';
import { toast } from '@/client/toast';
import { useTranslation } from './texts';

interface Props {
  id: string;
  size: ButtonProps['size'];
  /** Of which map, where several can be meant. */
  title?: string | undefined;
  of?: 'map' | 'quality';
}
export function StillValid({ id, size, title, of = 'map' }: Props) {
  const { t } = useTranslation('reviews');
  const verify = useCaring(
    () => (of === 'map' ? caring.verify(id) : caring.done(id)),
    () => toast(t(`${of}.thanks`)),
  );
  return (
    <Button
      size={size}
      variant="default"
      aria-label={title && t(`${of}.stillOf`, { title })}
      loading={verify.isPending}
      onClick={() => verify.mutate(undefined)}
    >
      {t(`${of}.still`)}
    </Button>
  );
}
