/** The process as the log tells it: the flow, where it blocks, its variants, its cases. */
import { Anchor, Button, Tabs } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import c from '@/canvas/Canvas.module.css';
import type { Reading } from '@/canvas/graph';
import { MapCanvas } from '@/canvas/MapCanvas';
import { http } from '@/client/http';
import { useSession } from '@/client/session';
import { toastProblem } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await } from '@/design/states';
import { Stat } from '@/design/ui';
import { day, duration, integer, percent } from '@/lib/format';
import { graphOf } from './graph';
import w from '@/design/work.module.css';
import { type FlowAnswer, type Log, useBlocked, useCases, useFlow } from './queries';
import { useTranslation } from './texts';

const PATHS = 0.8;
export function AsIs({ log }: { log: Log }) {
  const { t } = useTranslation('mining');
  const [paths, setPaths] = useState(PATHS);
  const flow = useFlow(log.id, paths);
  const mayMap = useSession().may.maps;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const discover = useMutation({
    mutationFn: () =>
      http.post<{ map_id: string }>(`/api/logs/${log.id}/discover`, {
        title: t('mapTitle', { name: log.name }),
        subject: 'opportunity',
        paths,
      }),
    onError: toastProblem,
    onSuccess: async ({ map_id }) => {
      await queries.invalidateQueries({ queryKey: ['maps'] });
      await navigate({ to: '/cartes/$id', params: { id: map_id }, search: { journal: log.id } });
    },
  });
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="logs" to="/journaux">
            {t('title')}
          </Link>,
          log.name,
        ]}
      >
        {mayMap && (
          <Button loading={discover.isPending} onClick={() => discover.mutate()}>
            {t('createMap')}
          </Button>
        )}
      </PageHead>
      <div className={w.tools}>
        <Stat label={t('cases')} value={integer(log.cases ?? 0)} />
        <Stat label={t('events')} value={integer(log.events ?? 0)} />
        {log.from && log.to && <Stat label={t('period')} value={`${day(log.from)} – ${day(log.to)}`} />}
        <span className={w.grow} />
        <Anchor href={`/api/logs/${log.id}/rejected`} size="sm">
          {t('rejected')}
        </Anchor>
      </div>
      <Await query={flow}>{(known) => <Flow log={log} flow={known} paths={paths} onPaths={setPaths} />}</Await>
    </>
  );
}
interface FlowProps {
  log: Log;
  flow: FlowAnswer;
  paths: number;
  onPaths: (share: number) => void;
}
function Flow({ log, flow, paths, onPaths }: FlowProps) {
  const { t } = useTranslation('mining');
  const blocked = useBlocked(log.id).data;
  const [reading, setReading] = useState<Reading>('wait');
  const [step, setStep] = useState<string | null>(null);
  const graph = useMemo(() => graphOf(flow, blocked?.steps ?? []), [flow, blocked]);
  const worst = blocked?.steps
    .filter((each) => !each.too_early)
    .toSorted((a, b) => (b.blocked_share ?? 0) - (a.blocked_share ?? 0))[0];
  const sentence = blocked?.sentence ?? flow.sentence;
  const labels = useMemo(() => new Map(flow.steps.map((each) => [each.id, each.label])), [flow]);
  return (
    <div className={w.stage}>
      <MapCanvas
        graph={graph}
        selected={step}
        onSelect={(id) => setStep(labels.has(id ?? '') ? id : null)}
        focus={worst?.step ?? null}
        reading={reading}
        onReading={setReading}
        paths={paths}
        onPaths={onPaths}
      >
        {sentence && (
          <button type="button" className={c.insight} onClick={() => worst && setStep(worst.step)}>
            <IconSparkles size={15} />
            <span>{sentence}</span>
          </button>
        )}
      </MapCanvas>
      <aside className={w.inspector} aria-label={t('details')}>
        <Tabs defaultValue="blocked">
          <Tabs.List>
            <Tabs.Tab value="blocked">{t('blocked')}</Tabs.Tab>
            <Tabs.Tab value="variants">{t('variants')}</Tabs.Tab>
            <Tabs.Tab value="cases">{t('casesTab')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="blocked">
            <ul className={w.list}>
              {(blocked?.steps ?? [])
                .filter((each) => (each.blocked_share ?? 0) > 0)
                .map((each) => (
                  <li key={each.step}>
                    <button type="button" onClick={() => setStep(each.step)}>
                      {each.label}
                    </button>
                    <b className="num">{percent(each.blocked_share ?? 0)}</b>
                    <small>{t('unit_waiting', { count: each.waiting_cases ?? 0 })}</small>
                  </li>
                ))}
            </ul>
          </Tabs.Panel>
          <Tabs.Panel value="variants">
            <ul className={w.list}>
              {flow.variants.slice(0, 30).map((variant, index) => (
                <li key={index}>
                  <span>{variant.steps.map((id) => labels.get(id) ?? id).join(' → ')}</span>
                  <b className="num">{t('variant', { count: variant.cases, share: percent(variant.share, 1) })}</b>
                  <small>{t('median', { value: duration(variant.median_seconds) })}</small>
                </li>
              ))}
            </ul>
          </Tabs.Panel>
          <Tabs.Panel value="cases">
            <Cases id={log.id} step={step} />
          </Tabs.Panel>
        </Tabs>
      </aside>
    </div>
  );
}
function Cases({ id, step }: { id: string; step: string | null }) {
  const { t } = useTranslation('mining');
  const cases = useCases(id, step);
  return (
    <Await query={cases}>
      {({ pages }) => (
        <>
          <ul className={w.list}>
            {pages.every((page) => page.rows.length === 0) && <li>{t('noCase')}</li>}
            {pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <li key={row.case}>
                  <span>{row.case}</span>
                  <b className="num">{day(row.started)}</b>
                  {row.waiting_seconds != null && (
                    <small>{t('waiting', { value: duration(row.waiting_seconds) })}</small>
                  )}
                </li>
              ))}
          </ul>
          {cases.hasNextPage && (
            <Button variant="subtle" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Await>
  );
}
