/** Beside the flow: where it blocks, its variants, its cases, and what the drawing leaves out. */
import { Button, Switch, Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { WaitBars } from '@/canvas/WaitBars';
import { useSession } from '@/client/session';
import { Await, Loading } from '@/design/states';
import w from '@/design/work.module.css';
import { day, duration, integer, percent } from '@/lib/format';
import { Deviations } from './Deviations';
import { Evolution } from './Evolution';
import { type Asked, type Filter, written } from './filters';
import { type BlockedStep, type FlowAnswer, type Log, useCases, useWaits } from './queries';
import { useTranslation } from './texts';
import { useDiscover } from './useDiscover';

const Foresight = lazy(() => import('./Foresight'));
const Winning = lazy(() => import('./Winning'));
const Waiting = lazy(() => import('@/waiting/Waiting'));

interface Props {
  log: Log;
  flow: FlowAnswer;
  blocked: readonly BlockedStep[];
  step: string | null;
  /** The passage that is chosen, instead of a step. */
  way: FlowAnswer['edges'][number] | null;
  onStep: (step: string) => void;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
}
export function Details({ log, flow, blocked, step, way, onStep, asked, onAsk }: Props) {
  const { t } = useTranslation('mining');
  const filters = written(asked.stack);
  const add = (one: Filter) => onAsk({ stack: [...asked.stack, one] });
  const [tab, setTab] = useState(asked.map ? 'deviations' : 'blocked');
  const labels = new Map([...flow.steps, ...flow.hidden_steps].map((each) => [each.id, each.label]));
  return (
    <aside className={w.inspector} aria-label={t('details')}>
      {step && (
        <>
          <StepWaits log={log} step={step} label={labels.get(step) ?? step} filters={filters} />
          <Suspense fallback={<Loading rows={4} />}>
            <Waiting log={log.id} step={step} filters={filters} />
          </Suspense>
          <Button size="compact-xs" variant="light" onClick={() => add({ kind: 'through', step })}>
            {t('onlyThrough')}
          </Button>
        </>
      )}
      {way && (
        <section aria-label={t('way')}>
          <h2 className={w.heading}>
            {labels.get(way.source)} → {labels.get(way.target)}
          </h2>
          <Suspense fallback={<Loading rows={4} />}>
            <Waiting log={log.id} step={way.source} target={way.target} filters={filters} />
          </Suspense>
        </section>
      )}
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'blocked')} keepMounted={false} className={w.tabs}>
        <Tabs.List>
          <Tabs.Tab value="blocked">{t('blocked')}</Tabs.Tab>
          <Tabs.Tab value="variants">{t('variants')}</Tabs.Tab>
          <Tabs.Tab value="cases">{t('casesTab')}</Tabs.Tab>
          <Tabs.Tab value="deviations">{t('deviations')}</Tabs.Tab>
          <Tabs.Tab value="evolution">{t('evolution.tab')}</Tabs.Tab>
          <Tabs.Tab value="winning">{t('winning')}</Tabs.Tab>
          <Tabs.Tab value="foresight">{t('foresight')}</Tabs.Tab>
          <Tabs.Tab value="hidden">{t('hiddenTab')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="blocked">
          <Blocked blocked={blocked} onStep={onStep} />
        </Tabs.Panel>
        <Tabs.Panel value="variants">
          <Variants log={log} flow={flow} labels={labels} filters={filters} onAdd={add} />
        </Tabs.Panel>
        <Tabs.Panel value="cases">
          <Cases
            id={log.id}
            step={step}
            label={step ? (labels.get(step) ?? step) : null}
            filters={filters}
            onCase={(one) => onAsk({ replay: { one } })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="deviations">
          <Deviations
            log={log.id}
            filters={filters}
            map={asked.map}
            onMap={(map) => onAsk({ map })}
            onAdd={add}
            onCase={(one) => onAsk({ replay: { one } })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="evolution">
          <Evolution log={log.id} asked={asked} onAsk={onAsk} />
        </Tabs.Panel>
        <Tabs.Panel value="winning">
          <Suspense fallback={<Loading rows={4} />}>
            <Winning
              log={log.id}
              filters={filters}
              onAdd={(more) => {
                onAsk({ stack: [...asked.stack, ...more] });
                setTab('cases');
              }}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="foresight">
          <Suspense fallback={<Loading rows={4} />}>
            <Foresight log={log.id} filters={filters} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="hidden">
          <Hidden flow={flow} labels={labels} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
function StepWaits({ log, step, label, filters }: { log: Log; step: string; label: string; filters: string }) {
  const waits = useWaits(log.id, step, filters).data;
  return (
    <section aria-label={label}>
      <h2 className={w.heading}>{label}</h2>
      {waits && waits.bins.length > 0 && <WaitBars waits={waits} />}
    </section>
  );
}
function Blocked({ blocked, onStep }: { blocked: readonly BlockedStep[]; onStep: (step: string) => void }) {
  const { t } = useTranslation('mining');
  return (
    <ul className={w.list}>
      {blocked
        .filter((each) => each.too_early || (each.blocked_share ?? 0) > 0)
        .map((each) => (
          <li key={each.step}>
            <button type="button" onClick={() => onStep(each.step)}>
              {each.label}
            </button>
            <b className="num">{each.too_early ? '' : percent(each.blocked_share ?? 0)}</b>
            <small>
              {each.too_early ? t('tooEarly') : each.sentence || t('unit_waiting', { count: each.waiting_cases })}
            </small>
          </li>
        ))}
    </ul>
  );
}
const MOST = 30;
interface VariantsProps {
  log: Log;
  flow: FlowAnswer;
  labels: ReadonlyMap<string, string>;
  filters: string;
  onAdd: (one: Filter) => void;
}
function Variants({ log, flow, labels, filters, onAdd }: VariantsProps) {
  const { t } = useTranslation('mining');
  const discover = useDiscover(log);
  const mayMap = useSession().may.maps;
  return (
    <ul className={w.list}>
      {flow.variants.slice(0, MOST).map((variant, rank) => (
        <li key={variant.steps.join()}>
          <span>{variant.steps.map((id) => labels.get(id) ?? id).join(' → ')}</span>
          <b className="num">{t('variant', { count: variant.cases, share: percent(variant.share, 1) })}</b>
          <small>
            {t('median', { value: duration(variant.median_seconds) })}
            {variant.won_share != null && ` · ${t('won', { share: percent(variant.won_share) })}`}
          </small>
          {filters === '' && (
            <Button size="compact-xs" variant="subtle" onClick={() => onAdd({ kind: 'variants', ranks: [rank] })}>
              {t('onlyThese')}
            </Button>
          )}
          {mayMap && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={discover.isPending}
              onClick={() => discover.mutate({ variant: rank, filters })}
            >
              {t('promote')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
interface CasesProps {
  id: string;
  step: string | null;
  label: string | null;
  filters: string;
  onCase: (id: string) => void;
}
function Cases({ id, step, label, filters, onCase }: CasesProps) {
  const { t } = useTranslation('mining');
  const [blocked, setBlocked] = useState(false);
  const cases = useCases(id, step, blocked && step !== null, filters);
  return (
    <div className={w.panel}>
      <small>{label ? t('ofStep', { label }) : t('allSteps')}</small>
      {step && (
        <Switch
          size="xs"
          label={t('waitingOnly')}
          checked={blocked}
          onChange={(event) => setBlocked(event.currentTarget.checked)}
        />
      )}
      <Await query={cases}>
        {({ pages }) => (
          <ul className={w.list}>
            {pages.every((page) => page.rows.length === 0) && <li>{t('noCase')}</li>}
            {pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <li key={row.case}>
                  <button type="button" title={t('replay.one', { case: row.case })} onClick={() => onCase(row.case)}>
                    {row.record?.title ?? row.case}
                  </button>
                  <b className="num">{day(row.started)}</b>
                  {row.waiting_seconds != null && (
                    <small>{t('waiting', { value: duration(row.waiting_seconds) })}</small>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Await>
      {cases.hasNextPage && (
        <Button variant="subtle" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
function Hidden({ flow, labels }: { flow: FlowAnswer; labels: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('mining');
  const name = (id: string) => labels.get(id) ?? id;
  return (
    <>
      <p>{t('coverageSaid', { share: percent(flow.coverage, 1) })}</p>
      <h3 className={w.title}>{t('hidden')}</h3>
      <ul className={w.list}>
        {flow.hidden_edges.length + flow.hidden_steps.length === 0 && <li>{t('hiddenNone')}</li>}
        {flow.hidden_steps.map((each) => (
          <li key={each.id}>
            <span>{t('hiddenStep', { label: each.label })}</span>
            <b className="num">{t('times', { count: each.events, n: integer(each.events) })}</b>
          </li>
        ))}
        {flow.hidden_edges.map((each) => (
          <li key={`${each.source}>${each.target}`}>
            <span>
              {name(each.source)} → {name(each.target)}
            </span>
            <b className="num">{t('times', { count: each.count, n: integer(each.count) })}</b>
            <small>{t('shareOf', { share: percent(each.share, 2) })}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
