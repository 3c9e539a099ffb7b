/** How a list is seen: as a table, on a calendar, along a timeline. */
import { SegmentedControl } from '@mantine/core';
import { IconCalendarMonth, IconTable, IconTimeline } from '@tabler/icons-react';
import { useTranslation } from '@/i18n';
import s from '../Records.module.css';
import type { ViewSearch } from '../search';
import './texts';

const ICON = { size: 14, stroke: 1.7 } as const;
const VIEWS = [
  ['tableau', <IconTable key="t" {...ICON} />],
  ['calendrier', <IconCalendarMonth key="c" {...ICON} />],
  ['chronologie', <IconTimeline key="l" {...ICON} />],
] as const;

export function ViewSwitch({
  search,
  onChange,
}: {
  search: ViewSearch;
  onChange: (next: Partial<ViewSearch>) => void;
}) {
  const { t } = useTranslation('dated');
  const data = VIEWS.map(([value, icon]) => ({
    value,
    label: (
      <span className={s.seg}>
        {icon}
        {t(`views.${value}`)}
      </span>
    ),
  }));
  return (
    <SegmentedControl
      aria-label={t('view')}
      data={data}
      value={search.vue ?? 'tableau'}
      onChange={(vue) => onChange({ vue: vue === 'tableau' ? undefined : (vue as ViewSearch['vue']) })}
    />
  );
}
