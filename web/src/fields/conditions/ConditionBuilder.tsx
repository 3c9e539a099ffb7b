/** Builds a condition: tests on fields, all or any of them, in groups; read back as a sentence. */
import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Condition } from '@/client/maps';
import s from './Conditions.module.css';
import {
  asGroup,
  type FieldTest,
  fromGroup,
  type Group,
  groupOf,
  isComplete,
  isTest,
  joined,
  lookedInto,
  relooked,
  retested,
  type Scope,
  starting,
  type Testable,
  testsOf,
} from './model';
import { AddWord } from './AddWord';
import { RelationRow } from './RelationRow';
import { sayCondition } from './say';
import { useTranslation } from './texts';
import { ValueInput } from './ValueInput';

interface BuilderProps {
  value: Condition | null | undefined;
  fields: readonly Testable[];
  onChange: (value: Condition | null) => void;
  /** What the condition is for: read to those who do not see where it stands. */
  label?: string;
  /** The object that the condition speaks of: the words of the glossary that say something of it are offered. */
  object?: string | null;
  /** The related records, when the condition may look into them. */
  scope?: Scope;
}
export function ConditionBuilder({ value, fields, onChange, label, scope, object }: BuilderProps) {
  const { t, i18n } = useTranslation('conditions');
  return (
    <div className={s.builder} role="group" aria-label={label ?? t('name')}>
      <GroupRows
        group={asGroup(value)}
        fields={fields}
        scope={scope}
        depth={0}
        onChange={(group) => onChange(fromGroup(group))}
      />
      {object && <AddWord object={object} onAdd={(part) => onChange(fromGroup(joined(asGroup(value), part)))} />}
      {value && (
        <p className={s.sentence} data-incomplete={!isComplete(value) || undefined}>
          {sayCondition(value, fields, t, i18n.language, scope)}
          {!isComplete(value) && <b> {t('incomplete')}</b>}
        </p>
      )}
    </div>
  );
}
const DEEPEST = 2;
interface GroupProps {
  group: Group;
  fields: readonly Testable[];
  scope: Scope | undefined;
  depth: number;
  onChange: (group: Group) => void;
}
function GroupRows({ group, fields, scope, depth, onChange }: GroupProps) {
  const { t } = useTranslation('conditions');
  const replace = (index: number, part: Condition | null) =>
    onChange({
      ...group,
      parts: group.parts.flatMap((each, other) => (other !== index ? [each] : part ? [part] : [])),
    });
  const add = (part: Condition) => onChange({ ...group, parts: [...group.parts, part] });
  const first = fields[0];
  return (
    <>
      {group.parts.length > 1 && (
        <SegmentedControl
          aria-label={t('match')}
          value={group.word}
          onChange={(word) => onChange({ ...group, word: word as Group['word'] })}
          data={[
            { value: 'all', label: t('all') },
            { value: 'any', label: t('any') },
          ]}
        />
      )}
      {group.parts.map((part, index) => (
        <Part
          key={index}
          part={part}
          fields={fields}
          scope={scope}
          depth={depth}
          onChange={(next) => replace(index, next)}
        />
      ))}
      {first && (
        <div className={s.actions}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => add({ ...starting(first) })}
          >
            {t('addTest')}
          </Button>
          {depth < DEEPEST && scope?.relations[0] && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconPlus size={13} />}
              onClick={() => add({ some: scope.relations[0]!.name })}
            >
              {t('addRelation')}
            </Button>
          )}
          {depth < DEEPEST && group.parts.length > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconPlus size={13} />}
              onClick={() => add({ [group.word === 'all' ? 'any' : 'all']: [{ ...starting(first) }] })}
            >
              {t('addGroup')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
interface PartProps {
  part: Condition;
  fields: readonly Testable[];
  scope: Scope | undefined;
  depth: number;
  onChange: (part: Condition | null) => void;
}
function Part({ part, fields, scope, depth, onChange }: PartProps) {
  const { t, i18n } = useTranslation('conditions');
  const group = groupOf(part);
  if (isTest(part)) return <TestRow test={part} fields={fields} onChange={onChange} />;
  const looked = lookedInto(part);
  const into = looked && scope?.relations.find((each) => each.name === looked.relation)?.object;
  if (looked && scope && into)
    return (
      <RelationRow part={part} scope={scope} onChange={onChange}>
        <GroupRows
          group={asGroup(looked.where)}
          fields={scope.fields(into)}
          scope={scope.of(into)}
          depth={depth + 1}
          onChange={(next) => onChange(relooked(part, { where: fromGroup(next) }))}
        />
      </RelationRow>
    );
  return (
    <div className={s.group}>
      <ActionIcon size={22} className={s.drop} aria-label={t('removeGroup')} onClick={() => onChange(null)}>
        <IconX size={13} />
      </ActionIcon>
      {group ? (
        <GroupRows
          group={group}
          fields={fields}
          scope={scope}
          depth={depth + 1}
          onChange={(next) => onChange(next.parts.length ? { [next.word]: [...next.parts] } : null)}
        />
      ) : (
        <span>{sayCondition(part, fields, t, i18n.language)}</span>
      )}
    </div>
  );
}
interface TestProps {
  test: FieldTest;
  fields: readonly Testable[];
  onChange: (test: Condition | null) => void;
}
function TestRow({ test, fields, onChange }: TestProps) {
  const { t } = useTranslation('conditions');
  const field = fields.find((each) => each.name === test.field);
  const pick = (name: string | null) => {
    const next = fields.find((each) => each.name === name);
    if (next) onChange({ ...starting(next) });
  };
  const tests = field ? testsOf(field.type) : [];
  const known = tests.includes(test.test) ? tests : [...tests, test.test];
  return (
    <div className={s.test}>
      <Select
        size="xs"
        aria-label={t('field')}
        placeholder={t('pickField')}
        searchable
        allowDeselect={false}
        data={fields.map((each) => ({ value: each.name, label: each.label }))}
        value={field ? test.field : null}
        onChange={pick}
      />
      <ActionIcon size={22} aria-label={t('remove')} onClick={() => onChange(null)}>
        <IconX size={13} />
      </ActionIcon>
      <div className={s.line}>
        <Select
          size="xs"
          aria-label={t('howTested')}
          allowDeselect={false}
          data={known.map((each) => ({ value: each, label: t(`test.${each}`) }))}
          value={test.test}
          onChange={(next) => next && onChange({ ...retested(test, next) })}
        />
        {field && (
          <ValueInput test={test} field={field} onChange={(value) => onChange({ ...test, value } as Condition)} />
        )}
      </div>
    </div>
  );
}
