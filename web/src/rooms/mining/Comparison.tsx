/** Two choices of cases side by side: their flows, and what differs more than by chance. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Reading } from '@/canvas/graph';
import { MapCanvas } from '@/canvas/MapCanvas';
import { Await, Empty } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { integer } from '@/lib/format';
import { type Asked, type Filter, type Sides, written } from './filters';
import { graphOf } from './graph';
import m from './Mining.module.css';
import { type FlowAnswer, useComparison, useFlow } from './queries';
import { useTranslation } from './texts';

interface Props {
  log: string;
  sides: Sides;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
}
export function Comparison({ log, sides, asked, onAsk }: Props) {
  const { t } = useTranslation('mining');
  const told = useComparison(log, written(sides.before), written(sides.after));
  const [reading, setReading] = useState<Reading>('wait');
  const pane = (stack: Filter[], title: string) => (
    <Pane {...{ log, stack, title, asked, reading }} onReading={setReading} />
  );
  return (
    <div className={w.stage}>
      <div className={m.panes}>
        {pane(sides.before, t('evolution.before'))}
        {pane(sides.after, t('evolution.after'))}
      </div>
      <aside className={w.inspector} aria-label={t('evolution.differences')}>
        <div>
          <Button size="xs" variant="default" onClick={() => onAsk({ sides: null })}>
            {t('evolution.leave')}
          </Button>
        </div>
        <Await query={told}>
          {(known) => (
            <>
              <p className={m.said} role="status">
                {known.sentence}
              </p>
              <ul className={w.list} aria-label={t('evolution.differences')}>
                {known.differences.map((each) => (
                  <li key={`${each.what}:${each.steps.join()}`}>
                    <span>{each.sentence}</span>
                    <Badge tone={each.established ? 'accent' : 'neutral'}>{t(`evolution.what.${each.what}`)}</Badge>
                  </li>
                ))}
              </ul>
              <small className={m.faint}>{t('evolution.method')}</small>
            </>
          )}
        </Await>
      </aside>
    </div>
  );
}
interface PaneProps {
  log: string;
  stack: Filter[];
  title: string;
  asked: Asked;
  reading: Reading;
  onReading: (reading: Reading) => void;
}
function Pane({ log, stack, title, asked, ...rest }: PaneProps) {
  const { t } = useTranslation('mining');
  const flow = useFlow(log, { paths: asked.paths, steps: asked.steps, stack }, false);
  return (
    <section className={m.pane} aria-label={title}>
      <h2 className={w.title}>
        {title}
        {flow.data && <small>{t('evolution.count', { count: flow.data.cases, n: integer(flow.data.cases) })}</small>}
      </h2>
      <Await query={flow}>
        {(known) => (known.cases === 0 ? <Empty title={t('noCaseKept')} /> : <Drawn flow={known} {...rest} />)}
      </Await>
    </section>
  );
}
function Drawn({ flow, reading, onReading }: Pick<PaneProps, 'reading' | 'onReading'> & { flow: FlowAnswer }) {
  const graph = useMemo(() => graphOf(flow, []), [flow]);
  const [step, setStep] = useState<string | null>(null);
  return <MapCanvas graph={graph} selected={step} onSelect={setStep} reading={reading} onReading={onReading} />;
}
