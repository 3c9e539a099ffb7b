/** A workshop on a guest's phone: say what hurts, give one's voice. No account, a name only if one likes. */
import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { guest, type Room, useRoom } from '@/client/irritants';
import { asProblem } from '@/client/problem';
import { Refused } from '@/design/Refused';
import { Empty, Loading } from '@/design/states';
import { Rose } from '@/design/ui';
import { dayTime } from '@/lib/format';
import s from './Room.module.css';
import { useTranslation } from './texts';

export function RoomPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const { t } = useTranslation('pages');
  const room = useRoom(token);
  if (room.isPending) return <Loading />;
  if (!room.data)
    return (
      <main className={s.page}>
        <Empty title={t('room.over')}>{asProblem(room.error).message}</Empty>
      </main>
    );
  return (
    <main className={s.page}>
      <header className={s.head}>
        <Rose size={28} />
        <div>
          <h1>{room.data.title}</h1>
          <p>{t('room.until', { time: dayTime(room.data.ends_at) })}</p>
        </div>
      </header>
      <Refused error={room.error} />
      <Say token={token} room={room.data} />
      <Said token={token} room={room.data} />
    </main>
  );
}
/** An act of a guest, then what the room says of it. */
function useAct<A>(action: (argument: A) => Promise<unknown>, then?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: action,
    onSuccess: async () => {
      then?.();
      await queries.invalidateQueries({ queryKey: ['room'] });
    },
  });
}
const NAME = 'portulan.guest';
const LONGEST = 280;
function Say({ token, room }: { token: string; room: Room }) {
  const { t } = useTranslation('pages');
  const [body, setBody] = useState('');
  const [element, setElement] = useState('');
  const [severity, setSeverity] = useState('2');
  const [name, setName] = useState(() => sessionStorage.getItem(NAME) ?? '');
  const say = useAct(
    () => guest.say(token, { body, element, severity: Number(severity), name }),
    () => setBody(''),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    sessionStorage.setItem(NAME, name);
    say.mutate(undefined);
  };
  const places = [
    { value: '', label: t('room.anywhere') },
    ...room.elements.map((each) => ({ value: each.id, label: each.label })),
  ];
  return (
    <form className={s.say} onSubmit={send}>
      <p>{t('room.lead')}</p>
      <Textarea
        label={t('room.what')}
        placeholder={t('room.whatHint')}
        size="md"
        autosize
        minRows={2}
        maxLength={LONGEST}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('room.where')}
        size="md"
        data={places}
        value={element}
        onChange={(event) => setElement(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('room.severity')}
        size="md"
        fullWidth
        value={severity}
        onChange={setSeverity}
        data={['1', '2', '3'].map((value) => ({ value, label: t(`room.level.${value}`) }))}
      />
      <TextInput
        label={t('room.name')}
        size="md"
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={say.isPending} disabled={!body.trim()}>
        {t('room.send')}
      </Button>
      <p role="status" className={s.status} data-bad={say.isError || undefined}>
        {say.isError ? asProblem(say.error).sentences.join(' ') : say.isSuccess ? t('room.sent') : ''}
      </p>
    </form>
  );
}
function Said({ token, room }: { token: string; room: Room }) {
  const { t } = useTranslation('pages');
  const vote = useAct(({ id, given }: { id: string; given: boolean }) => guest.vote(token, id, given));
  const label = (id: string) => room.elements.find((each) => each.id === id)?.label;
  return (
    <section aria-label={t('room.list')}>
      <h2 className={s.title}>{t('room.list')}</h2>
      <Refused error={vote.error} />
      {room.irritants.length === 0 && <p className={s.none}>{t('room.empty')}</p>}
      <ul className={s.list}>
        {room.irritants.map((each) => (
          <li key={each.id}>
            <div>
              <p>{each.body}</p>
              <small>
                {[label(each.element), t(`room.level.${each.severity}`), each.name].filter(Boolean).join(' · ')}
              </small>
            </div>
            <button
              type="button"
              className={s.vote}
              aria-pressed={each.voted}
              aria-label={t('room.vote', { what: each.body })}
              onClick={() => vote.mutate({ id: each.id, given: !each.voted })}
            >
              {each.voted ? <IconThumbUpFilled size={18} /> : <IconThumbUp size={18} />}
              <b>{each.votes}</b>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
