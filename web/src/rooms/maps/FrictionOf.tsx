/** Whom an irritant hurts, and how much. */
import { Select, TextInput } from '@mantine/core';
import type { Friction } from '@/client/maps';
import s from './Maps.module.css';
import { useTranslation } from './texts';

interface Props {
  item: Friction;
  change: (change: Partial<Friction>) => void;
}
export function FrictionOf({ item, change }: Props) {
  const { t } = useTranslation('maps');
  return (
    <div className={s.delay}>
      <TextInput
        size="xs"
        label={t('friction.who')}
        value={item.who ?? ''}
        onChange={(event) => change({ who: event.currentTarget.value })}
      />
      <Select
        size="xs"
        label={t('friction.severity')}
        allowDeselect={false}
        data={[1, 2, 3].map((n) => ({ value: String(n), label: t(`friction.level.${n}`) }))}
        value={String(item.severity ?? 2)}
        onChange={(severity) => change({ severity: Number(severity) })}
      />
    </div>
  );
}
