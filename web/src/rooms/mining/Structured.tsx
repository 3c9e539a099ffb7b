/** The model in blocks of a log: what it allows, how well it tells of it, what it leaves out. */
import { Button } from '@mantine/core';
import { IconDownload, IconSparkles } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import c from '@/canvas/Canvas.module.css';
import { MapCanvas } from '@/canvas/MapCanvas';
import { url } from '@/client/http';
import { useSession } from '@/client/session';
import { Await, Empty } from '@/design/states';
import { Stat } from '@/design/ui';
import w from '@/design/work.module.css';
import { integer, percent } from '@/lib/format';
import { blocksOf } from './graph';
import m from './Mining.module.css';
import { type Log, type Model, useModel } from './queries';
import { useTranslation } from './texts';
import { useDiscover } from './useDiscover';

export default function Structured({ log, filters }: { log: Log; filters: string }) {
  const { t } = useTranslation('mining');
  const [patient, setPatient] = useState(false);
  const model = useModel(log.id, filters, patient);
  if (model.isLoading)
    return (
      <div role="status">
        <Empty title={t('blocks.searching')} />
      </div>
    );
  return (
    <Await query={model}>
      {(known) =>
        known.elements.length === 0 ? (
          <Empty title={t('blocks.none')}>{known.sentence}</Empty>
        ) : (
          <Blocks log={log} model={known} filters={filters} busy={model.isFetching} onLonger={() => setPatient(true)} />
        )
      }
    </Await>
  );
}
interface BlocksProps {
  log: Log;
  model: Model;
  filters: string;
  busy: boolean;
  onLonger: () => void;
}
function Blocks({ log, model, filters, busy, onLonger }: BlocksProps) {
  const { t } = useTranslation('mining');
  const [step, setStep] = useState<string | null>(null);
  const graph = useMemo(() => blocksOf(model), [model]);
  const discover = useDiscover(log);
  const mayMap = useSession().may.maps;
  return (
    <div className={w.stage}>
      <MapCanvas graph={graph} selected={step} onSelect={setStep} reading="plain">
        <div className={c.insight}>
          <IconSparkles size={15} style={{ flex: 'none' }} />
          <span>{model.sentence}</span>
        </div>
      </MapCanvas>
      <aside className={w.inspector} aria-label={t('details')}>
        <h2 className={w.heading}>{t('viewBlocks')}</h2>
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
          {!model.patient && (
            <Button size="xs" variant="subtle" loading={busy} onClick={onLonger}>
              {t('blocks.longer')}
            </Button>
          )}
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
