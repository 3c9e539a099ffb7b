/** What narrows a list: quick filters at once, then facets and any condition, read back as a sentence. */
import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconCalendarEvent, IconClockPause, IconFilter, IconUser, IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Schema as Blueprint } from '@/client/blueprint';
import { useSay, useSchemaQuery } from '@/client/schema';
import { Chip } from '@/design/ui';
import { scopeOf } from '@/fields/conditions/model';
import { sayCondition } from '@/fields/conditions/say';
import { useTranslation as useConditions } from '@/fields/conditions/texts';
import { filterFields, type NarrowProps, type Quick, quickFilters } from './filters';
import s from './Records.module.css';
import { useTranslation } from './texts';

const ICON = { size: 14, stroke: 1.7 } as const;
const ICONS: Record<Quick, ReactNode> = {
  late: <IconAlertTriangle {...ICON} />,
  stale: <IconClockPause {...ICON} />,
  soon: <IconCalendarEvent {...ICON} />,
  mine: <IconUser {...ICON} />,
};
const Facets = lazy(() => import('./Facets'));

export function Narrow({ object, search, onChange }: NarrowProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const on = search.filtres ?? [];
  const toggle = (name: Quick) => {
    const next = on.includes(name) ? on.filter((each) => each !== name) : [...on, name];
    onChange({ filtres: next.length ? next : undefined });
  };
  return (
    <>
      {quickFilters(object).map((name) => (
        <Chip
          key={name}
          icon={ICONS[name]}
          active={on.includes(name)}
          onClick={() => toggle(name)}
          {...(name === 'stale' ? { title: t('quick.staleHint') } : {})}
        >
          {t(`quick.${name}`, { object: say(object.plural).toLowerCase() })}
        </Chip>
      ))}
      <Suspense>
        <Facets object={object} search={search} onChange={onChange} />
      </Suspense>
    </>
  );
}
/** The condition that was built, read back above the list, and the way to drop it. */
export function Built({ object, search, onChange }: NarrowProps) {
  const { t, i18n } = useTranslation('records');
  const { t: words } = useConditions('conditions');
  const schema = useSchemaQuery().data;
  if (!search.si || !schema) return null;
  const fields = filterFields(schema, object, i18n.language);
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
