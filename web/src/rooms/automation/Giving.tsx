/** The rules that give records to people, as sentences, and how long each leaves to take a record up. */
import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import s from './Rules.module.css';
import { type Giving as Rule, type Seats, usePatience } from './seats';
import { useTranslation } from './texts';

const UNITS = ['working_hours', 'working_days'] as const;
type Unit = NonNullable<Rule['within']>['unit'];

export function Giving({ seats }: { seats: Seats }) {
  const { t } = useTranslation('automation');
  return (
    <section aria-label={t('assignment.rules')}>
      <h2 className={s.heading}>{t('assignment.rules')}</h2>
      <ul className={s.rows}>
        {seats.rules.map((rule) => (
          <Line key={`${rule.uid}${rule.within?.amount}${rule.within?.unit}`} rule={rule} mayEdit={seats.may_edit} />
        ))}
      </ul>
    </section>
  );
}
function Line({ rule, mayEdit }: { rule: Rule; mayEdit: boolean }) {
  const { t } = useTranslation('automation');
  const { say, within, drawn } = rule;
  const keep = usePatience(rule.uid);
  const [unit, setUnit] = useState<Unit>(within?.unit ?? drawn?.unit ?? 'working_hours');
  const set = (amount: number | null, next: Unit) => {
    setUnit(next);
    if (amount !== (within?.amount ?? null) || (amount && next !== within?.unit))
      keep.mutate(amount ? { amount, unit: next } : null);
  };
  const asDrawn = within?.amount === drawn?.amount && within?.unit === drawn?.unit;
  const units: Unit[] = UNITS.some((each) => each === unit) ? [...UNITS] : [unit, ...UNITS];
  return (
    <li className={s.giving}>
      <p>{say}.</p>
      <div className={s.patience}>
        <NumberInput
          size="xs"
          label={t('assignment.within')}
          aria-label={`${t('assignment.within')} – ${say}`}
          placeholder={t('assignment.never')}
          disabled={!mayEdit || keep.isPending}
          min={1}
          allowDecimal={false}
          defaultValue={within?.amount ?? ''}
          onBlur={(event) => set(Number(event.currentTarget.value) || null, unit)}
        />
        <Select
          size="xs"
          aria-label={t('assignment.unit')}
          allowDeselect={false}
          disabled={!mayEdit || keep.isPending}
          data={units.map((each) => ({ value: each, label: t(`assignment.units.${each}`) }))}
          value={unit}
          onChange={(next) => next && set(within?.amount ?? null, next as Unit)}
        />
        {mayEdit && !asDrawn && (
          <Button variant="subtle" size="compact-sm" loading={keep.isPending} onClick={() => keep.mutate('drawn')}>
            {t('assignment.asDrawn')}
          </Button>
        )}
      </div>
    </li>
  );
}
