/** Beside the flow: when the process changed, on a line of time, and what to hold against what. */
import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { day } from '@/lib/format';
import { useAnalyses } from './analyses';
import { type Asked, around, askedOf, written } from './filters';
import m from './Mining.module.css';
import { type Drift, useChanges } from './queries';
import { useTranslation } from './texts';

interface Props {
  log: string;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
}
export function Evolution({ log, asked, onAsk }: Props) {
  const compare = (at: string) => onAsk({ sides: around(at, asked.stack) });
  return (
    <div className={w.panel}>
      <Await query={useChanges(log, written(asked.stack))}>
        {(known) => <Changes known={known} onCompare={compare} />}
      </Await>
      <ByHand log={log} asked={asked} onAsk={onAsk} onCompare={compare} />
    </div>
  );
}
function Changes({ known, onCompare }: { known: Drift; onCompare: (at: string) => void }) {
  const { t } = useTranslation('mining');
  const from = Date.parse(known.from ?? '');
  const span = Math.max(Date.parse(known.to ?? '') - from, 1);
  return (
    <>
      <p className={m.said} role="status">
        {known.sentence}
      </p>
      {known.changes.length > 0 && known.from && known.to && (
        <div>
          <div className={m.time}>
            {known.changes.map((each) => (
              <button
                key={each.at}
                type="button"
                style={{ left: `${(100 * (Date.parse(each.at) - from)) / span}%` }}
                aria-label={t('evolution.compareAt', { date: day(each.at) })}
                title={each.sentence}
                onClick={() => onCompare(each.at)}
              />
            ))}
          </div>
          <small className={m.ends}>
            <span>{day(known.from)}</span>
            <span>{day(known.to)}</span>
          </small>
        </div>
      )}
      <ul className={w.list} aria-label={t('evolution.changes')}>
        {known.changes.map((each) => (
          <li key={each.at}>
            <span>{each.sentence}</span>
            {each.shifts.map((shift) => (
              <small key={shift}>{shift}</small>
            ))}
            <Button size="compact-xs" variant="light" onClick={() => onCompare(each.at)}>
              {t('evolution.compare')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
function ByHand({ log, asked, onAsk, onCompare }: Props & { onCompare: (at: string) => void }) {
  const { t } = useTranslation('mining');
  const analyses = useAnalyses(log).data ?? [];
  const [at, setAt] = useState('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    onCompare(new Date(at).toISOString());
  };
  const against = (id: string | null) => {
    const other = analyses.find((each) => each.id === id);
    if (other) onAsk({ sides: { before: askedOf(other.search).stack, after: asked.stack } });
  };
  return (
    <form className={m.form} onSubmit={go}>
      <TextInput
        size="xs"
        type="date"
        label={t('evolution.date')}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" variant="default" disabled={!at}>
        {t('evolution.compare')}
      </Button>
      {analyses.length > 0 && (
        <Select
          size="xs"
          label={t('evolution.against')}
          data={analyses.map((each) => ({ value: each.id, label: each.name }))}
          value={null}
          onChange={against}
        />
      )}
    </form>
  );
}
