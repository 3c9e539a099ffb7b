/** One thread: who says what about which element, the answers, how it ended. */
import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Badge, Monogram, type Tone } from '@/design/ui';
import { ago } from '@/lib/format';
import { Composer } from './Composer';
import { Mentioning } from './Mentioning';
import { type Element, type Kind, type Message, say, type Thread, useSaying } from './queries';
import s from './Threads.module.css';
import { useTranslation } from './texts';

export const TONES: Record<Kind, Tone> = {
  comment: 'neutral',
  question: 'accent',
  proposal: 'violet',
  irritant: 'red',
};
const Change = lazy(() => import('./Change'));
const Verdict = lazy(() => import('./Change').then((each) => ({ default: each.Verdict })));
interface Props {
  thread: Thread;
  elements?: Element[];
  onSelect?: ((element: string) => void) | undefined;
}
export function ThreadCard({ thread, elements, onSelect }: Props) {
  const { t } = useTranslation('threads');
  const [first, ...answers] = thread.messages;
  const about = elements && thread.element;
  return (
    <article className={s.thread} data-closed={thread.state !== 'open' || undefined}>
      <Group gap={6}>
        <Badge tone={TONES[thread.kind]}>{t(`kind.${thread.kind}`)}</Badge>
        {thread.severity != null && <Badge>{t(`level.${thread.severity}`)}</Badge>}
        {thread.who && <Badge>{thread.who}</Badge>}
        {about && (
          <button type="button" className={s.about} onClick={() => onSelect?.(thread.element)}>
            {elements.find((each) => each.id === thread.element)?.label ?? t('gone')}
          </button>
        )}
      </Group>
      {first && <Said message={first} guest={thread.guest} />}
      {answers.map((each) => (
        <Said key={each.id} message={each} guest="" />
      ))}
      {thread.kind === 'proposal' && <Proposed thread={thread} onSelect={onSelect} />}
      {thread.state === 'open' ? <Actions thread={thread} /> : <Ended thread={thread} />}
    </article>
  );
}
function Said({ message, guest }: { message: Message; guest: string }) {
  const { t } = useTranslation('threads');
  const name = message.author?.name ?? (guest || t('guest'));
  return (
    <div className={s.said}>
      <Monogram name={name} hue={message.author?.hue ?? 0} size={20} round />
      <div>
        <p className={s.by}>
          <b>{name}</b> <time dateTime={message.at}>{ago(message.at)}</time>
        </p>
        <p className={s.body}>
          <Mentioning body={message.body} people={message.people} />
        </p>
      </div>
    </div>
  );
}
/** A proposal that carries a change shows it; one of words alone is adopted or refused as it is. */
function Proposed({ thread, onSelect }: Pick<Props, 'thread' | 'onSelect'>) {
  const accept = useSaying(() => say.close(thread.id, 'accepted', ''));
  if (!thread.carries_change && (thread.state !== 'open' || !thread.may_decide)) return null;
  return (
    <Suspense>
      {thread.carries_change ? (
        <Change thread={thread} onSelect={onSelect} />
      ) : (
        <Verdict thread={thread} ready accepting={accept.isPending} onAccept={() => accept.mutate(undefined)} />
      )}
    </Suspense>
  );
}
function Actions({ thread }: { thread: Thread }) {
  const { t } = useTranslation('threads');
  const [doing, setDoing] = useState<'reply' | 'close' | null>(null);
  const replying = useSaying(
    (body: string) => say.reply(thread.id, body),
    () => setDoing(null),
  );
  const closing = useSaying((reason: string) => say.close(thread.id, 'resolved', reason));
  const voting = useSaying((given: boolean) => say.vote(thread.id, given));
  if (doing === 'reply')
    return (
      <Composer
        draft={thread.id}
        label={t('answer')}
        focus
        busy={replying.isPending}
        onCancel={() => setDoing(null)}
        onSend={(body, done) => replying.mutate(body, { onSuccess: done })}
      />
    );
  if (doing === 'close')
    return (
      <form
        className={s.closing}
        onSubmit={(event) => {
          event.preventDefault();
          closing.mutate(String(new FormData(event.currentTarget).get('reason')));
        }}
      >
        <TextInput
          name="reason"
          size="xs"
          maxLength={500}
          autoFocus
          aria-label={t('reason')}
          placeholder={t('reason')}
        />
        <Button type="submit" size="xs" variant="default" loading={closing.isPending}>
          {t('close')}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => setDoing(null)}>
          {t('cancel')}
        </Button>
      </form>
    );
  return (
    <Group gap={4}>
      <Button size="compact-xs" variant="subtle" onClick={() => setDoing('reply')}>
        {t('reply')}
      </Button>
      {thread.may_close && !(thread.kind === 'proposal' && thread.may_decide) && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setDoing('close')}>
          {t('resolve')}
        </Button>
      )}
      <ActionIcon
        size="sm"
        ml="auto"
        aria-label={t('vote')}
        title={t('vote')}
        aria-pressed={thread.voted}
        onClick={() => voting.mutate(!thread.voted)}
      >
        {thread.voted ? <IconThumbUpFilled size={13} /> : <IconThumbUp size={13} />}
      </ActionIcon>
      {thread.votes > 0 && <span className={s.votes}>{thread.votes}</span>}
    </Group>
  );
}
function Ended({ thread }: { thread: Thread }) {
  const { t } = useTranslation('threads');
  const reopening = useSaying(() => say.reopen(thread.id));
  const state = t(`closed.${thread.state}`);
  return (
    <div className={s.ended}>
      <span>
        {t('closedBy', { state, who: thread.closed_by?.name ?? t('product') })}
        {thread.reason && ` – ${thread.reason}`}
      </span>
      {thread.may_close && (
        <Button size="compact-xs" variant="subtle" onClick={() => reopening.mutate(undefined)}>
          {t('reopen')}
        </Button>
      )}
    </div>
  );
}
