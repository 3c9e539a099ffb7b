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
