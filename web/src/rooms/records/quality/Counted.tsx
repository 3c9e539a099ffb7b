/** A number that opens the list of what it counts; nought opens nothing. */
import { Link } from '@tanstack/react-router';
import type { Condition } from '@/client/records';
import { integer } from '@/lib/format';
import { useTranslation } from './texts';

interface Props {
  object: string;
  condition: Condition;
  count: number;
}
export function Counted({ object, condition, count }: Props) {
  const { t } = useTranslation('quality');
  if (!count) return integer(0);
  return (
    <Link to="/fiches/$object" params={{ object }} search={{ si: condition }} aria-label={t('open', { count })}>
      {integer(count)}
    </Link>
  );
}
