/** An amount of time and its unit. */
import { NumberInput, Select } from '@mantine/core';
import type { Duration, Unit } from '@/client/maps';
import s from './Maps.module.css';
import { useTranslation } from './texts';

const UNITS: Unit[] = ['minutes', 'hours', 'days', 'weeks', 'months', 'working_hours', 'working_days'];
interface Props {
  label: string;
  value: Duration | null | undefined;
  onChange: (value: Duration | null) => void;
}
export function Delay({ label, value, onChange }: Props) {
  const { t } = useTranslation('maps');
  const unit = value?.unit ?? 'working_days';
  return (
    <div className={s.delay}>
      <NumberInput
        size="xs"
        label={label}
        min={0}
        hideControls
        value={value?.amount ?? ''}
        onChange={(amount) => onChange(amount === '' ? null : { amount: Number(amount), unit })}
      />
      <Select
        size="xs"
        aria-label={t('step.unitOf', { label })}
        allowDeselect={false}
        disabled={!value}
        data={UNITS.map((each) => ({ value: each, label: t(`unit.${each}`) }))}
        value={unit}
        onChange={(next) => value && next && onChange({ ...value, unit: next as Unit })}
      />
    </div>
  );
}
