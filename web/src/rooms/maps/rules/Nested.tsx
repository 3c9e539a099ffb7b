/** What an action holds beyond single values: values taken from the record, people tried first, steps of a sequence. */
import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Condition, Duration } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Delay } from '../Delay';
import s from '../Maps.module.css';
import { useTranslation } from '../texts';
import type { Choice } from './ask';
import type { Filled } from './model';
import r from './Rules.module.css';

interface LineProps {
  label: string;
  onRemove: () => void;
  children: ReactNode;
}
function Line({ label, onRemove, children }: LineProps) {
  const { t } = useTranslation('maps');
  return (
    <div className={r.word}>
      {children}
      <ActionIcon aria-label={`${t('remove')} – ${label}`} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} onClick={onClick}>
      {label}
    </Button>
  );
}
interface CopiedProps {
  label: string;
  value: Record<string, string>;
  /** Fields of what is created, and of the record at hand. */
  theirs: Choice[];
  ours: Choice[];
  onChange: (value: Record<string, string>) => void;
}
export function Copied({ label, value, theirs, ours, onChange }: CopiedProps) {
  const { t } = useTranslation('maps');
  const nameOf = (uid: string) => theirs.find((each) => each.value === uid)?.label ?? uid;
  const without = (uid: string) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== uid));
  return (
    <section aria-label={label}>
      <p className={r.said}>{label}</p>
      {Object.entries(value).map(([uid, source]) => (
        <div key={uid} className={s.row}>
          <span>{nameOf(uid)}</span>
          <IconArrowLeft size={14} aria-hidden />
          <Select
            size="xs"
            aria-label={t('rule.takenFrom', { field: nameOf(uid) })}
            searchable
            data={ours}
            value={source || null}
            onChange={(next) => onChange({ ...value, [uid]: next ?? '' })}
          />
          <ActionIcon aria-label={`${t('remove')} – ${nameOf(uid)}`} onClick={() => onChange(without(uid))}>
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Select
        size="xs"
        aria-label={t('rule.addCopied')}
        placeholder={t('rule.addCopied')}
        searchable
        data={theirs.filter((each) => !(each.value in value))}
        value={null}
        onChange={(uid) => uid && onChange({ ...value, [uid]: ours.some((each) => each.value === uid) ? uid : '' })}
      />
    </section>
  );
}
interface Pool {
  role: string;
  condition?: Condition | null;
  matches?: string[];
}
interface PoolsProps {
  label: string;
  value: Pool[];
  roles: Choice[];
  fields: Choice[];
  tests: Testable[];
  about: string | null;
  onChange: (value: Pool[]) => void;
}
export function Pools({ label, value, roles, fields, tests, about, onChange }: PoolsProps) {
  const { t } = useTranslation('maps');
  const set = (index: number, change: Partial<Pool>) =>
    onChange(value.map((each, i) => (i === index ? { ...each, ...change } : each)));
  return (
    <section aria-label={label}>
      <p className={r.said}>{label}</p>
      {value.map((pool, index) => (
        <Line
          key={index}
          label={t('rule.pool', { n: index + 1 })}
          onRemove={() => onChange(value.filter((_, i) => i !== index))}
        >
          <Select
            size="xs"
            label={t('rule.pool', { n: index + 1 })}
            searchable
            allowDeselect={false}
            data={roles}
            value={pool.role || null}
            onChange={(role) => role && set(index, { role })}
          />
          <ConditionBuilder
            label={t('rule.poolIf')}
            value={pool.condition}
            fields={tests}
            object={about}
            onChange={(condition) => set(index, { condition })}
          />
          <MultiSelect
            size="xs"
            label={t('rule.poolMatches')}
            description={t('rule.poolMatchesHint')}
            searchable
            data={fields}
            value={pool.matches ?? []}
            onChange={(matches) => set(index, { matches })}
          />
        </Line>
      ))}
      <Add label={t('rule.addPool')} onClick={() => onChange([...value, { role: roles[0]?.value ?? '' }])} />
    </section>
  );
}
interface Step {
  wait: Duration;
  action: Filled;
}
interface StepsProps {
  label: string;
  value: Step[];
  children: (action: Filled, set: (action: Filled) => void) => ReactNode;
  onChange: (value: Step[]) => void;
}
const FIRST: Step = { wait: { amount: 0, unit: 'working_days' }, action: { do: 'send_mail', title: '', body: '' } };
const LATER: Step = { wait: { amount: 3, unit: 'working_days' }, action: { do: 'create_task', label: '' } };
export function Steps({ label, value, children, onChange }: StepsProps) {
  const { t } = useTranslation('maps');
  const set = (index: number, change: Partial<Step>) =>
    onChange(value.map((each, i) => (i === index ? { ...each, ...change } : each)));
  return (
    <section aria-label={label}>
      <p className={r.said}>{label}</p>
      {value.map((step, index) => (
        <Line
          key={index}
          label={t('rule.step', { n: index + 1 })}
          onRemove={() => onChange(value.filter((_, i) => i !== index))}
        >
          <Delay
            label={t('rule.stepWait', { n: index + 1 })}
            value={step.wait}
            onChange={(wait) => set(index, { wait: wait ?? FIRST.wait })}
          />
          {children(step.action, (action) => set(index, { action }))}
        </Line>
      ))}
      <Add label={t('rule.addStep')} onClick={() => onChange([...value, value.length ? LATER : FIRST])} />
    </section>
  );
}
