/** A test on related records: some, none, or how many there are, and which ones count. */
import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Condition } from '@/client/maps';
import s from './Conditions.module.css';
import { type Looked, lookedInto, LOOKS, relooked, type Scope } from './model';
import { useTranslation } from './texts';

const COUNTED = ['at_least', 'at_most', 'equals', 'greater', 'less'];
interface Props {
  part: Condition;
  scope: Scope;
  onChange: (part: Condition | null) => void;
  /** The tests on the related records. */
  children: ReactNode;
}
export function RelationRow({ part, scope, onChange, children }: Props) {
  const { t } = useTranslation('conditions');
  const { look, relation, test, value } = lookedInto(part)!;
  const change = (next: Partial<Looked>) => onChange(relooked(part, next));
  return (
    <div className={s.test}>
      <Select
        size="xs"
        aria-label={t('look.label')}
        allowDeselect={false}
        data={LOOKS.map((each) => ({ value: each, label: t(`look.${each}`) }))}
        value={look}
        onChange={(next) => next && change({ look: next as Looked['look'] })}
      />
      <ActionIcon size={22} aria-label={t('remove')} onClick={() => onChange(null)}>
        <IconX size={13} />
      </ActionIcon>
      <div className={s.line}>
        <Select
          size="xs"
          aria-label={t('look.relation')}
          allowDeselect={false}
          searchable
          data={scope.relations.map((each) => ({ value: each.name, label: each.label }))}
          value={relation}
          onChange={(next) => next && change({ relation: next, where: null })}
        />
        {look === 'count' && (
          <>
            <Select
              size="xs"
              aria-label={t('howTested')}
              allowDeselect={false}
              data={COUNTED.map((each) => ({ value: each, label: t(`test.${each}`) }))}
              value={test}
              onChange={(next) => next && change({ test: next })}
            />
            <NumberInput
              size="xs"
              w={64}
              min={0}
              hideControls
              allowDecimal={false}
              aria-label={t('value')}
              value={value}
              onChange={(next) => next !== '' && change({ value: Number(next) })}
            />
          </>
        )}
      </div>
      <div className={s.group}>{children}</div>
    </div>
  );
}
