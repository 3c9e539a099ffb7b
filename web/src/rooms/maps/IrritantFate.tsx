/** What becomes of one irritant: the element that answers it, the measure, whether it is over. */
import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Irritant, ledger, useLedger } from '@/client/irritants';
import { toast } from '@/client/toast';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { day } from '@/lib/format';
import s from './Maps.module.css';
import { useMap } from './queries';
import { useTranslation } from './texts';

export default function IrritantFate({ irritant, onClose }: { irritant: Irritant; onClose: () => void }) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t('irritants.fate')}>
      <div className={w.inspectorHead}>
        <span>
          <Badge tone="red">{t(`irritants.level${irritant.severity}`)}</Badge> {irritant.who}
        </span>
        <h2>{irritant.label}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Link
        className={s.inline}
        to="/cartes/$id"
        params={{ id: irritant.map_id }}
        search={
          { element: irritant.element || undefined, onglet: irritant.thread ? 'discussions' : undefined } as never
        }
      >
        {t('irritants.open', { where: irritant.where || irritant.map })}
      </Link>
      {irritant.author && <p>{t('irritants.by', { name: irritant.author })}</p>}
      <Way irritant={irritant} />
      {irritant.may && <Form irritant={irritant} />}
    </aside>
  );
}
/** What became of it so far, in order. */
function Way({ irritant }: { irritant: Irritant }) {
  const { t } = useTranslation('maps');
  const { answer, answered_at, planned_at, in_force_at, resolved_at } = irritant;
  const moments = { answered: answered_at, planned: planned_at, in_force: in_force_at, resolved: resolved_at };
  const passed = (['answered', 'planned', 'in_force', 'resolved'] as const).filter((each) => moments[each]);
  if (passed.length === 0)
    return <p>{t(answer ? 'irritants.drawn' : 'irritants.waiting', { answer: answer?.label })}</p>;
  return (
    <ol className={s.way} aria-label={t('irritants.way')}>
      {passed.map((each) => (
        <li key={each}>
          {t(`irritants.passed.${each}`, { day: day(moments[each] ?? ''), answer: answer?.label })}
          {each === 'resolved' && irritant.reason && ` ${irritant.reason}`}
        </li>
      ))}
    </ol>
  );
}
function Form({ irritant }: { irritant: Irritant }) {
  const { t } = useTranslation('maps');
  const map = useMap(irritant.map_id).data;
  const target = useMap(map?.pair.to_be ?? null).data?.map;
  const [answer, setAnswer] = useState(irritant.answer?.element ?? '');
  const [metric, setMetric] = useState(irritant.metric);
  const [resolved, setResolved] = useState(irritant.resolved_at !== null);
  const [reason, setReason] = useState('');
  const settle = useLedger(
    () => ledger.settle(irritant, { answer, metric, resolved, reason }),
    () => toast(t('irritants.kept')),
  );
  const elements = [...((target ?? map?.map)?.steps ?? [])];
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        settle.mutate(undefined);
      }}
    >
      <NativeSelect
        label={t('irritants.answer')}
        description={t('irritants.answerLead')}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        data={[
          { value: '', label: t('irritants.noAnswer') },
          ...elements.map((each) => ({ value: each.id, label: each.label })),
        ]}
      />
      <TextInput
        label={t('irritants.metric')}
        placeholder={t('irritants.metricHint')}
        maxLength={200}
        value={metric}
        onChange={(event) => setMetric(event.currentTarget.value)}
      />
      <Switch
        label={t('irritants.resolved')}
        checked={resolved}
        onChange={(event) => setResolved(event.currentTarget.checked)}
      />
      {resolved && irritant.thread && !irritant.resolved_at && (
        <TextInput
          label={t('irritants.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="default" loading={settle.isPending}>
        {t('irritants.keep')}
      </Button>
    </form>
  );
}
