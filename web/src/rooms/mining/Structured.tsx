/** The model in blocks of a log: what it allows, how well it tells of it, what it leaves out. */
import { Button, Progress } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { MapCanvas } from '@/canvas/MapCanvas';
import { url } from '@/client/http';
import { isSearching, type Search, useStopSearch } from '@/client/searches';
import { useSession } from '@/client/session';
import { Refused } from '@/design/Refused';
import { Searching } from '@/design/Searching';
import { Await, Empty } from '@/design/states';
import { Stat } from '@/design/ui';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import { blocksOf } from './graph';
import m from './Mining.module.css';
import { type Log, type Model, useModel, useSearchModel } from './queries';
import { useTranslation } from './texts';
import { useDiscover } from './useDiscover';

export default function Structured({ log, filters }: { log: Log; filters: string }) {
  const { t } = useTranslation('mining');
  const model = useModel(log.id, filters);
  const { mutate: ask, error, isPending } = useSearchModel(log.id, filters);
  const { mutate: onStop } = useStopSearch(['log-model', log.id, filters]);
  const untried = model.data !== undefined && model.data.sentence === '' && model.data.search == null;
  useEffect(() => {
    if (untried) ask(false);
  }, [untried, ask]);
  return (
    <Await query={model}>
      {(known) =>
        known.sentence === '' ? (
          <Searching
            title={t('blocks.searching')}
            search={known.search ?? null}
            error={error}
            onStop={onStop}
            onAgain={() => ask(false)}
          />
        ) : known.elements.length === 0 ? (
          <Empty title={t('blocks.none')}>{known.sentence}</Empty>
        ) : (
          <Blocks log={log} model={known} filters={filters}>
            <Longer model={known} asking={isPending} error={error} onStop={onStop} onLonger={() => ask(true)} />
          </Blocks>
        )
      }
    </Await>
  );
}
interface LongerProps {
  model: Model;
  asking: boolean;
  error: unknown;
  onStop: (search: Search) => void;
  onLonger: () => void;
}
/** A search that lasts longer, beside what is known already. */
function Longer({ model, asking, error, onStop, onLonger }: LongerProps) {
  const { t } = useTranslation('mining');
  const search = model.search ?? null;
  if (search && isSearching(search))
    return (
      <div role="status">
        <small>
          {t('blocks.longerSearching')} · <span className="num">{percent(search.progress)}</span>
        </small>
        <Progress my={6} value={search.progress * 100} aria-label={t('blocks.longerSearching')} />
        {search.may_stop && (
          <Button size="xs" variant="default" onClick={() => onStop(search)}>
            {t('blocks.stop')}
          </Button>
        )}
      </div>
    );
  if (model.patient) return null;
  return (
    <>
      <Refused error={error}>{search?.error}</Refused>
      <Button size="xs" variant="subtle" loading={asking} onClick={onLonger}>
        {t('blocks.longer')}
      </Button>
    </>
  );
}
interface BlocksProps {
  log: Log;
  model: Model;
  filters: string;
  children: ReactNode;
}
function Blocks({ log, model, filters, children }: BlocksProps) {
  const { t } = useTranslation('mining');
  const [step, setStep] = useState<string | null>(null);
  const graph = useMemo(() => blocksOf(model), [model]);
  const discover = useDiscover(log);
  const mayMap = useSession().may.maps;
  return (
    <div className={w.stage}>
      <MapCanvas graph={graph} selected={step} onSelect={setStep} reading="plain" />
      <aside className={w.inspector} aria-label={t('details')}>
        <h2 className={w.heading}>{t('viewBlocks')}</h2>
        <p className={m.said}>{model.sentence}</p>
        <div className={w.stats} data-always>
          <Stat label={t('blocks.fitness')} value={percent(model.fitness ?? 0, 1)} />
          <Stat label={t('blocks.precision')} value={percent(model.precision ?? 0, 1)} />
          <Stat label={t('coverage')} value={percent(model.coverage, 1)} />
          <Stat label={t('size')} value={t('ofMost', { n: model.size, most: model.most })} />
        </div>
        <small>{t('blocks.method')}</small>
        <div className={m.form}>
          <Button
            component="a"
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
            download
            href={url(`/api/logs/${log.id}/taken/bpmn`, { filters })}
          >
            {t('blocks.bpmn')}
          </Button>
          {mayMap && (
            <Button size="xs" loading={discover.isPending} onClick={() => discover.mutate({ filters, blocks: true })}>
              {t('blocks.promote')}
            </Button>
          )}
          {children}
        </div>
        <h3 className={w.title}>{t('blocks.dropped')}</h3>
        <ul className={w.list}>
          {model.dropped.length === 0 && <li>{t('blocks.droppedNone')}</li>}
          {model.dropped.map((one) => (
            <li key={one.id}>
              <span>{one.label}</span>
              <b className="num">{t('times', { count: one.events, n: integer(one.events) })}</b>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
}
