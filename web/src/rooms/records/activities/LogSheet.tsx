/** Logging what was said or planning what will be: a call takes two taps, whatever is typed is optional. */
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePeople } from '@/client/people';
import type { Values } from '@/client/records';
import { useSay } from '@/client/schema';
import { fromLocal, toLocal } from '@/fields/datetime';
import { MentionArea } from '@/threads/MentionArea';
import { tokens } from '@/threads/mentions';
import { Sheet } from '@/design/Sheet';
import { useTranslation } from '../texts';
import s from './Activities.module.css';
import { dayOf, inDays, morningOf } from './dates';
import { type About, type Kind, useActivities, useActivityObject } from './queries';
import { WhenInput } from './WhenInput';

interface Props {
  kind: Kind;
  about: About;
  link: string;
  title: string;
  onClose: () => void;
  /** It was logged; words for what may come next. */
  onLogged: (hint: string) => void;
}
const LONGEST = 80;
const firstLine = (text: string) => text.trim().split('\n')[0]!.slice(0, LONGEST);

export default function LogSheet(props: Props) {
  const { kind, title, onClose } = props;
  const { t } = useTranslation('records');
  return (
    <Sheet title={t(`activity.title.${kind}`, { title })} onClose={onClose}>
      <LogForm {...props} />
    </Sheet>
  );
}
function LogForm({ kind, about, link, onClose, onLogged }: Props) {
  const { t } = useTranslation('records');
  const { log } = useActivities();
  const people = usePeople().data ?? [];
  const [name, setName] = useState('');
  const [body, setBody] = useState('');
  const [direction, setDirection] = useState('outbound');
  const [day, setDay] = useState(dayOf(inDays(1)));
  const [at, setAt] = useState<string | null>(new Date().toISOString());
  const [busy, setBusy] = useState(false);
  const save = async (outcome?: string) => {
    setBusy(true);
    const said = name.trim() || firstLine(body) || t(`activity.kind.${kind}`);
    const made = await log({
      [link]: about.id,
      kind,
      name: said,
      body: tokens(body, people),
      ...(kind === 'call' || kind === 'email' ? { direction } : {}),
      ...(outcome ? { outcome } : {}),
      ...(about.contact && kind !== 'task' && kind !== 'note' ? { contact: about.contact } : {}),
      ...moments(kind, day, at),
    });
    setBusy(false);
    if (made) onLogged(outcome === 'callback' || outcome === 'no_answer' ? t('activity.callBack') : '');
  };
  const titled = kind === 'email' || kind === 'meeting' || kind === 'task';
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {(kind === 'call' || kind === 'email') && (
        <SegmentedControl
          fullWidth
          aria-label={t('activity.direction')}
          value={direction}
          onChange={setDirection}
          data={['outbound', 'inbound'].map((way) => ({ value: way, label: t(`activity.${kind}.${way}`) }))}
        />
      )}
      {titled && (
        <TextInput
          data-autofocus
          label={t('activity.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {kind === 'task' && <WhenInput day={day} onChange={setDay} />}
      {kind === 'meeting' && (
        <TextInput
          type="datetime-local"
          label={t('activity.at')}
          value={toLocal(at)}
          onChange={(event) => setAt(fromLocal(event.currentTarget.value))}
        />
      )}
      <MentionArea
        label={t(`activity.body.${kind}`)}
        description={t('activity.mentionHint')}
        maxLength={20_000}
        value={body}
        onWrite={setBody}
        {...(kind === 'note' ? { 'data-autofocus': true } : {})}
      />
      {kind === 'call' && <Outcomes busy={busy} onPick={(outcome) => void save(outcome)} />}
      {kind !== 'call' && (
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('record.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim() && !body.trim()}>
            {t(kind === 'task' ? 'activity.plan' : 'activity.save')}
          </Button>
        </Group>
      )}
    </form>
  );
}
/** A meeting to come waits; everything that was said is done. */
function moments(kind: Kind, day: string, at: string | null): Values {
  if (kind === 'task') return { due_at: day ? morningOf(day).toISOString() : null };
  const now = new Date().toISOString();
  if (kind !== 'meeting') return { done_at: now };
  return at && at > now ? { due_at: at } : { due_at: at, done_at: at ?? now };
}
/** How a call ended: tapping it logs the call. */
function Outcomes({ busy, onPick }: { busy: boolean; onPick: (outcome: string) => void }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const field = useActivityObject()?.fields.find((each) => each.name === 'outcome');
  if (!field?.choices.length) return <Button type="submit">{t('activity.save')}</Button>;
  return (
    <div className={s.outcomes} role="group" aria-label={say(field.label)}>
      {field.choices.map((choice, index) => (
        <Button
          key={choice.id}
          variant={index === 0 ? 'filled' : 'default'}
          disabled={busy}
          onClick={() => onPick(choice.id)}
        >
          {say(choice.label)}
        </Button>
      ))}
    </div>
  );
}
