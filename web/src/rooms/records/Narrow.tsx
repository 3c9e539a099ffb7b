/** What narrows a list: quick filters at once, then facets and any condition. */
import { IconAlertTriangle, IconCalendarEvent, IconClockPause, IconUser } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useSay } from '@/client/schema';
import { Chip } from '@/design/ui';
import { type NarrowProps, type Quick, quickFilters } from './filters';
import { useTranslation } from './texts';

const ICON = { size: 14, stroke: 1.7 } as const;
const ICONS: Record<Quick, ReactNode> = {
  late: <IconAlertTriangle {...ICON} />,
  stale: <IconClockPause {...ICON} />,
  soon: <IconCalendarEvent {...ICON} />,
  renewing: <IconCalendarEvent {...ICON} />,
  noticed: <IconAlertTriangle {...ICON} />,
  mine: <IconUser {...ICON} />,
};
/** Those whose name does not say how they count. */
const HINTS = new Set<Quick>(['stale', 'noticed']);
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
          {...(HINTS.has(name) ? { title: t(`quick.${name}Hint`) } : {})}
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
