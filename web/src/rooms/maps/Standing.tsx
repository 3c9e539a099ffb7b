/** Who somebody is at an account: what they play in the decision, how much they weigh, whether they are for us. */
import { MultiSelect, Select } from '@mantine/core';
import type { Person, Step } from '@/client/maps';
import w from '@/design/work.module.css';
import { useTranslation } from './texts';

type Part = NonNullable<Person['roles']>[number];
const ROLES: readonly Part[] = ['decider', 'signatory', 'influencer', 'user', 'prescriber', 'sponsor', 'opponent'];
const SCALES = { power: [3, 2, 1, 0], support: [2, 1, 0, -1, -2] } as const;
interface Props {
  step: Step;
  set: (change: Partial<Step>) => void;
}
export function Standing({ step, set }: Props) {
  const { t } = useTranslation('maps');
  const person = step.person ?? {};
  const change = (next: Partial<Person>) => set({ person: { ...person, ...next } });
  return (
    <section aria-label={t('person.title')}>
      <h3 className={w.title}>{t('person.title')}</h3>
      <MultiSelect
        size="xs"
        label={t('person.roles')}
        data={ROLES.map((value) => ({ value, label: t(`person.role.${value}`) }))}
        value={person.roles ?? []}
        onChange={(chosen) => change({ roles: ROLES.filter((one) => chosen.includes(one)) })}
      />
      {(['power', 'support'] as const).map((scale) => (
        <Select
          key={scale}
          size="xs"
          label={t(`person.${scale}`)}
          placeholder={t('person.unknown')}
          clearable
          data={SCALES[scale].map((n) => ({ value: String(n), label: t(`person.${scale}Of.${n}`) }))}
          value={person[scale] == null ? null : String(person[scale])}
          onChange={(value) => change({ [scale]: value === null ? null : Number(value) })}
        />
      ))}
      <small>{t('person.open')}</small>
    </section>
  );
}
