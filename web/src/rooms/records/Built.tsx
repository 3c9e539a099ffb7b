/** The condition that was built, read back above the list, and the way to drop it. */
import { ActionIcon } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import type { Schema as Blueprint } from '@/client/blueprint';
import { usePeople } from '@/client/people';
import { useSchemaQuery } from '@/client/schema';
import { scopeOf } from '@/fields/conditions/model';
import { sayCondition } from '@/fields/conditions/say';
import { useTranslation as useConditions } from '@/fields/conditions/texts';
import { filterFields, type NarrowProps } from './filters';
import s from './Records.module.css';
import { useTranslation } from './texts';

export default function Built({ object, search, onChange }: NarrowProps) {
  const { t, i18n } = useTranslation('records');
  const { t: words } = useConditions('conditions');
  const schema = useSchemaQuery().data;
  const people = usePeople().data ?? [];
  if (!search.si || !schema) return null;
  // People are said by their names, as choices are.
  const choices = people.map(({ id, name }) => ({ id: String(id), label: { fr: name, en: name } }));
  const fields = filterFields(schema, object, i18n.language).map((each) =>
    each.type === 'person' ? { ...each, choices } : each,
  );
  const scope = scopeOf(schema as unknown as Blueprint, object.name, i18n.language);
  return (
    <p className={s.built}>
      <IconFilter size={13} />
      {sayCondition(search.si, fields, words, i18n.language, scope)}
      <ActionIcon size={22} aria-label={t('filter.remove')} onClick={() => onChange({ si: undefined })}>
        <IconX size={13} />
      </ActionIcon>
    </p>
  );
}
