/** Who plays, decides and is informed at a step; how much it matters and when it is put in place. */
import { MultiSelect, Select } from '@mantine/core';
import type { MapDoc, Step } from '@/client/maps';
import w from '@/design/work.module.css';
import { useTranslation } from './texts';
import { useRoles } from './useRoles';

const PRIORITIES = ['indispensable', 'important', 'optional'] as const;
const WAVES = [1, 2, 3];
interface Props {
  step: Step;
  map: MapDoc;
  set: (change: Partial<Step>) => void;
}
export function Duty({ step, map, set }: Props) {
  const { t } = useTranslation('maps');
  const { choices } = useRoles(map);
  return (
    <section aria-label={t('actors')}>
      <h3 className={w.title}>{t('actors')}</h3>
      {(['actors', 'decides', 'informed'] as const).map((part) => (
        <MultiSelect
          key={part}
          size="xs"
          label={t(`duty.${part}`)}
          searchable
          data={choices}
          value={step[part] ?? []}
          onChange={(roles) => set({ [part]: roles })}
        />
      ))}
    </section>
  );
}
export function Weight({ step, set }: Omit<Props, 'map'>) {
  const { t } = useTranslation('maps');
  return (
    <section aria-label={t('rollout.title')}>
      <h3 className={w.title}>{t('rollout.title')}</h3>
      <Select
        size="xs"
        label={t('priority.title')}
        allowDeselect={false}
        data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
        value={step.priority ?? 'important'}
        onChange={(priority) => set({ priority: priority as Step['priority'] })}
      />
      <Select
        size="xs"
        label={t('rollout.wave')}
        allowDeselect={false}
        data={WAVES.map((n) => ({ value: String(n), label: t('rollout.n', { n }) }))}
        value={String(step.rollout ?? 1)}
        onChange={(rollout) => set({ rollout: Number(rollout) })}
      />
    </section>
  );
}
