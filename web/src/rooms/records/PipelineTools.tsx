/** The bar above a pipeline: the view, the quick filters, the search, the order; then the totals. */
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowsSort, IconLayoutKanban, IconSearch, IconTable } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Board, StageMeasure } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { isFinal, useSay } from '@/client/schema';
import { Stat } from '@/design/ui';
import { duration, integer, money, percent } from '@/lib/format';
import { bottleneck } from './board';
import { Narrow } from './Narrow';
import type { PipelineSearch } from './search';
import s from './Records.module.css';
import { useTranslation } from './texts';

const ViewsMenu = lazy(() => import('./ViewsMenu'));

const ICON = { size: 14, stroke: 1.7 } as const;
const PAUSE = 250;
/** The orders offered, when their field may be read. */
const SORTS: [string, string][] = [
  ['-amount', 'amount'],
  ['-weighted', 'amount'],
  ['close_on', 'close_on'],
  ['stage_since', 'stage_since'],
  ['name', 'name'],
];
interface Props {
  search: PipelineSearch;
  object: ObjectShape;
  pipeline: string;
  onChange: (next: Partial<PipelineSearch>) => void;
}
export function PipelineTools({ search, object, pipeline, onChange }: Props) {
  const { t } = useTranslation('records');
  const seek = useDebouncedCallback((mots: string) => onChange({ mots: mots || undefined }), PAUSE);
  const views = [
    { value: 'kanban', icon: <IconLayoutKanban {...ICON} /> },
    { value: 'tableau', icon: <IconTable {...ICON} /> },
  ].map(({ value, icon }) => ({
    value,
    label: (
      <span className={s.seg}>
        {icon}
        {t(`view.${value}`)}
      </span>
    ),
  }));
  return (
    <div className={s.tools} role="toolbar" aria-label={t('tools')}>
      <SegmentedControl
        className={s.hideSmall}
        data={views}
        value={search.vue ?? 'kanban'}
        onChange={(view) => onChange({ vue: view === 'tableau' ? 'tableau' : undefined })}
      />
      <Suspense>
        <ViewsMenu of={{ object: object.name, pipeline }} search={search} onOpen={onChange} />
      </Suspense>
      <span className={s.sep} />
      <Narrow object={object} search={search} onChange={onChange} />
      <span className={s.grow} />
      <TextInput
        className={s.search}
        size="xs"
        type="search"
        placeholder={t('search')}
        aria-label={t('search')}
        leftSection={<IconSearch size={14} />}
        defaultValue={search.mots ?? ''}
        onChange={(event) => seek(event.currentTarget.value)}
      />
      <Order search={search} object={object} onChange={onChange} />
    </div>
  );
}
function Order({ search, object, onChange }: Omit<Props, 'pipeline'>) {
  const { t } = useTranslation('records');
  const known = new Set(object.fields.map((field) => field.name));
  const orders = SORTS.filter(([, field]) => known.has(field)).map(([value]) => ({ value, label: t(`sort.${value}`) }));
  return (
    <NativeSelect
      size="xs"
      aria-label={t('sort.title')}
      leftSection={<IconArrowsSort size={14} />}
      data={[{ value: '', label: t('sort.none') }, ...orders]}
      value={orders.some(({ value }) => value === search.tri) ? search.tri : ''}
      onChange={(event) => onChange({ tri: event.currentTarget.value || undefined })}
    />
  );
}
/** The strip of totals: numbers first. */
interface TotalsProps {
  board: Board | undefined;
  measures: Record<string, StageMeasure>;
  /** Whether the records are worth something. */
  money: boolean;
  /** Whether they have a day to be closed by. */
  dated: boolean;
}
export function Totals({ board, measures, money: worth, dated }: TotalsProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  if (!board) return null;
  const { count, sum, weighted, late, stale } = board.totals;
  const hot = board.stages.find((stage) => stage.uid === bottleneck(board.stages, measures));
  const closed = board.stages.filter((stage) => isFinal(stage.kind));
  const won = closed.find((stage) => stage.kind === 'won');
  const ended = closed.reduce((all, stage) => all + stage.count, 0);
  return (
    <div className={s.stats} role="group" aria-label={t('total.title')} tabIndex={0}>
      {worth && sum != null ? (
        <Stat label={t('total.open')} value={money(sum)} hint={t('total.count', { count })} />
      ) : (
        <Stat label={t('total.openRecords')} value={integer(count)} />
      )}
      {worth && weighted != null && Number(sum) > 0 && (
        <Stat label={t('total.weighted')} value={money(weighted)} hint={percent(Number(weighted) / Number(sum))} />
      )}
      {dated && <Stat label={t('total.late')} value={integer(late)} tone={late ? 'red' : undefined} />}
      <Stat label={t('total.stale')} value={integer(stale)} tone={stale ? 'amber' : undefined} />
      {won && ended > 0 && (
        <Stat
          label={t('total.won')}
          value={percent(won.count / ended)}
          hint={t('total.wonOf', { won: integer(won.count), ended: integer(ended) })}
        />
      )}
      {hot && (
        <Stat
          label={t('total.bottleneck')}
          value={duration(measures[hot.uid]?.median_seconds)}
          hint={say(hot.label)}
          tone="red"
        />
      )}
    </div>
  );
}
