/** How sound the records are, together, by team or by person: each number opens the list of what it counts. */
import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useUpkeeps } from '@/client/reviews';
import { useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { Groups } from './quality/Groups';
import { MONTHS, type Months, type Quality, useQuality, useTrend, WHOSE, type Whose } from './quality/sound';
import { useTranslation } from './quality/texts';
import { Together } from './quality/Together';

const Retention = lazy(() => import('./retention/Retention'));
const BY = ['all', 'team', 'person'] as const;
type By = (typeof BY)[number];
interface Search {
  qui?: Whose;
  par?: By;
  mois?: Months;
}
export function QualityPage() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const search: Search = useSearch({ strict: false });
  const { qui = 'all', par = 'all', mois = '3' } = search;
  const go = (next: Search) => void navigate({ to: '/qualite', search: { ...search, ...next }, replace: true });
  const objects = useSchemaQuery().data?.objects ?? [];
  const forgets = objects.some(({ may, fields }) => may.delete && fields.some(({ type }) => type === 'email'));
  return (
    <>
      <PageHead crumbs={[t('title')]} />
      <div className={w.scroll}>
        <p className={w.lead}>{t('lead')}</p>
        <div className={w.tools}>
          <SegmentedControl
            size="xs"
            aria-label={t('whose')}
            data={WHOSE.map((value) => ({ value, label: t(`of.${value}`) }))}
            value={qui}
            onChange={(next) => go({ qui: next })}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('by')}
            data={BY.map((value) => ({ value, label: t(`byOf.${value}`) }))}
            value={par}
            onChange={(next) => go({ par: next })}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('since')}
            data={MONTHS.map((value) => ({ value, label: t(`months.${value}`) }))}
            value={String(mois) as Months}
            onChange={(next) => go({ mois: next })}
          />
        </div>
        <Await query={useQuality(qui)}>
          {(known) => {
            const filled = known.filter(({ total }) => total > 0);
            if (!filled.length) return <Empty title={t('none')}>{t('noneLead')}</Empty>;
            return <Shown known={filled} whose={qui} by={par} months={String(mois) as Months} />;
          }}
        </Await>
        {forgets && (
          <Suspense fallback={null}>
            <Retention />
          </Suspense>
        )}
      </div>
    </>
  );
}
function Shown({ known, whose, by, months }: { known: Quality[]; whose: Whose; by: By; months: Months }) {
  const { t } = useTranslation('quality');
  const trend = useTrend(months);
  const upkeeps = useUpkeeps().data;
  const told = trend.data ?? [];
  const of = (one: Quality) => told.find(({ object }) => object === one.object);
  if (by === 'all') {
    const points = (one: Quality) => of(one)?.lines.find((line) => line.whose.includes(whose))?.points ?? [];
    const young = trend.isSuccess && whose !== 'me' && !known.some((one) => points(one).length > 1);
    return (
      <>
        {young && <p className={w.lead}>{t('noTrend')}</p>}
        {known.map((one) => (
          <Together
            key={one.object}
            one={one}
            points={points(one)}
            upkeep={upkeeps?.find(({ object }) => object === one.object)}
          />
        ))}
      </>
    );
  }
  const grouped = known.filter((one) => (by === 'team' ? one.teams : one.people).length > 0);
  if (!grouped.length) return <Empty title={t('noGroup')}>{t('noGroupLead')}</Empty>;
  return grouped.map((one) => <Groups key={one.object} one={one} by={by} trend={of(one)} />);
}
