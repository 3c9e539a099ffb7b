/** The process as the log tells it: the flow, what it says, and the map that can be made of it. */
import { Alert, Anchor, Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPlay, IconSparkles } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import c from '@/canvas/Canvas.module.css';
import type { Reading } from '@/canvas/graph';
import { MapCanvas } from '@/canvas/MapCanvas';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty, Loading } from '@/design/states';
import { Stat } from '@/design/ui';
import w from '@/design/work.module.css';
import { day, integer, percent } from '@/lib/format';
import { Analyses } from './Analyses';
import { Comparison } from './Comparison';
import { Details } from './Details';
import { Filters } from './Filters';
import { type Asked, type Filter, useAsked, written } from './filters';
import { Take } from './Take';
import { graphOf, worstOf } from './graph';
import m from './Mining.module.css';
import { type FlowAnswer, type Log, useBlocked, useFlow, useWorth, type WorthAnswer } from './queries';
import { useTranslation } from './texts';
import { useDiscover } from './useDiscover';

/** Beyond, a map is no longer read. */
const MOST_ELEMENTS = 50;
const Dotted = lazy(() => import('./Dotted'));
const Structured = lazy(() => import('./Structured'));
const Replay = lazy(() => import('./Replay'));

export function AsIs({ log }: { log: Log }) {
  const { t } = useTranslation('mining');
  const [asked, ask] = useAsked();
  const [moving, setMoving] = useState<Filter[] | null>(null);
  const flow = useFlow(log.id, moving ? { ...asked, stack: moving } : asked, moving !== null);
  const drawn = !asked.blocks && !asked.dots && !asked.sides;
  const worth = useWorth(log.id, asked, drawn).data;
  const mayMap = useSession().may.maps;
  const discover = useDiscover(log);
  const crumbs = [
    <Link key="logs" to="/journaux">
      {t('title')}
    </Link>,
    log.name,
  ];
  return (
    <>
      <PageHead crumbs={crumbs}>
        {mayMap && (
          <Button loading={discover.isPending} onClick={() => discover.mutate({ filters: written(asked.stack) })}>
            {t('createMap')}
          </Button>
        )}
      </PageHead>
      <div className={w.tools} data-read>
        <div className={w.stats} data-always>
          <Stat label={t('cases')} value={integer(log.cases ?? 0)} />
          <Stat label={t('events')} value={integer(log.events ?? 0)} />
          {log.from && log.to && <Stat label={t('period')} value={`${day(log.from)} – ${day(log.to)}`} />}
          {flow.data && !asked.blocks && (
            <>
              <Stat label={t('coverage')} value={percent(flow.data.coverage)} />
              <Worth worth={worth} />
              <Stat label={t('size')} value={t('ofMost', { n: flow.data.steps.length, most: MOST_ELEMENTS })} />
              <Stat label={t('worth.droppedSteps')} value={integer(flow.data.hidden_steps.length)} />
            </>
          )}
        </div>
        {drawn && worth ? (
          <small className={m.left}>
            {worth.sentence}
            {worth.checked < 1 && ` ${t('worth.partial', { share: percent(worth.checked) })}`}
          </small>
        ) : (
          <span className={w.grow} />
        )}
        {log.credit && <small>{t('credit', { source: log.source, credit: log.credit })}</small>}
        {log.rejected > 0 && (
          <Anchor href={`/api/logs/${log.id}/rejected.csv`} size="sm">
            {t('rejected', { count: log.rejected })}
          </Anchor>
        )}
        {log.set_aside > 0 && <small>{t('setAside', { count: log.set_aside })}</small>}
      </div>
      {!log.sure_dates && (
        <Alert color="yellow" variant="light">
          {t('unsureDates')}
        </Alert>
      )}
      <Filters
        log={log.id}
        stack={asked.stack}
        kept={flow.data ? { cases: flow.data.cases, all: flow.data.all_cases } : null}
        onStack={(stack) => ask({ stack })}
        onMoving={setMoving}
      >
        {!asked.sides && <Views asked={asked} onAsk={ask} />}
        <Analyses log={log.id} asked={asked} onAsk={ask} />
        <Take log={log} asked={asked} />
      </Filters>
      {asked.sides ? (
        <Comparison log={log.id} sides={asked.sides} asked={asked} onAsk={ask} />
      ) : asked.dots ? (
        <Suspense fallback={<Loading />}>
          <Dotted
            log={log.id}
            filters={written(moving ?? asked.stack)}
            onCase={(one) => ask({ dots: false, replay: { one } })}
          />
        </Suspense>
      ) : asked.blocks ? (
        <Suspense fallback={<Loading />}>
          <Structured key={written(asked.stack)} log={log} filters={written(asked.stack)} />
        </Suspense>
      ) : (
        <Await query={flow}>
          {(known) =>
            known.cases === 0 ? (
              <Empty title={t('noCaseKept')} />
            ) : (
              <Flow log={log} flow={known} asked={asked} onAsk={ask} />
            )
          }
        </Await>
      )}
    </>
  );
}
/** How much of the log the picture tells, and how much it allows that nobody does; a dash until it is known. */
function Worth({ worth }: { worth: WorthAnswer | undefined }) {
  const { t } = useTranslation('mining');
  return (['fitness', 'precision'] as const).map((name) => (
    <Stat key={name} label={t(`worth.${name}`)} value={worth?.[name] == null ? '–' : percent(worth[name])} />
  ));
}
function Views({ asked, onAsk }: Pick<FlowProps, 'asked' | 'onAsk'>) {
  const { t } = useTranslation('mining');
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('view')}
        value={asked.dots ? 'dots' : asked.blocks ? 'blocks' : 'flow'}
        onChange={(value) => onAsk({ dots: value === 'dots', blocks: value === 'blocks', replay: null })}
        data={[
          { value: 'flow', label: t('viewFlow') },
          { value: 'blocks', label: t('viewBlocks') },
          { value: 'dots', label: t('viewDots') },
        ]}
      />
      {!asked.dots && !asked.blocks && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={15} />}
          onClick={() => onAsk({ replay: 'many' })}
        >
          {t('replay.start')}
        </Button>
      )}
    </>
  );
}
interface FlowProps {
  log: Log;
  flow: FlowAnswer;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
}
function Flow({ log, flow, asked, onAsk }: FlowProps) {
  const blocked = useBlocked(log.id, written(asked.stack)).data;
  const [reading, setReading] = useState<Reading>('wait');
  const [chosen, setStep] = useState<string | null>(null);
  const graph = useMemo(() => graphOf(flow, blocked?.steps ?? []), [flow, blocked]);
  const shown = useMemo(() => new Set(flow.steps.map((each) => each.id)), [flow]);
  const step = chosen && shown.has(chosen) ? chosen : null;
  const way = flow.edges.find((each) => each.id === chosen) ?? null;
  const worst = worstOf(blocked?.steps ?? []);
  const sentence = blocked?.sentence ?? flow.sentence;
  return (
    <div className={`${w.stage} ${asked.replay ? m.replayed : ''}`}>
      <MapCanvas
        graph={graph}
        selected={step ?? way?.id ?? null}
        onSelect={setStep}
        focus={worst && shown.has(worst) ? worst : null}
        reading={reading}
        onReading={setReading}
        paths={asked.paths ?? flow.coverage}
        onPaths={(paths) => onAsk({ paths })}
        steps={asked.steps ?? flow.steps.length / Math.max(flow.steps.length + flow.hidden_steps.length, 1)}
        onSteps={(steps) => onAsk({ steps })}
      >
        {asked.replay && (
          <Suspense>
            <Replay
              log={log.id}
              filters={written(asked.stack)}
              one={asked.replay === 'many' ? null : asked.replay.one}
              onClose={() => onAsk({ replay: null })}
            />
          </Suspense>
        )}
        {sentence && !asked.replay && (
          <button type="button" className={c.insight} onClick={() => setStep(worst)}>
            <IconSparkles size={15} />
            <span>{sentence}</span>
          </button>
        )}
      </MapCanvas>
      <Details
        log={log}
        flow={flow}
        blocked={blocked?.steps ?? []}
        step={step}
        way={way}
        onStep={setStep}
        asked={asked}
        onAsk={onAsk}
      />
    </div>
  );
}
