/** What is said about a map or one of its elements: open threads first, closed ones folded, a place to write. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Failed, Loading } from '@/design/states';
import { Composer } from './Composer';
import { type Element, type Kind, KINDS, say, type Thread, useFared, useSaying, useThreads } from './queries';
import s from './Threads.module.css';
import { useTranslation } from './texts';
import { ThreadCard } from './ThreadCard';

interface Props {
  map: string;
  /** The element that is talked about; without it, all of them, named by `elements`. */
  element?: string;
  elements?: Element[];
  onSelect?: (element: string) => void;
}
export function Discussions({ map, element, elements, onSelect }: Props) {
  const { t } = useTranslation('threads');
  const query = useThreads(map);
  if (query.isPending) return <Loading rows={3} />;
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const mine = element === undefined ? query.threads : query.threads.filter((each) => each.element === element);
  const open = mine.filter((each) => each.state === 'open');
  const past = mine.filter((each) => each.state !== 'open');
  const card = (thread: Thread) => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      {...(element === undefined && elements ? { elements, onSelect } : {})}
    />
  );
  return (
    <div className={s.all}>
      <Opening map={map} element={element} elements={elements ?? []} />
      {mine.length === 0 && (
        <div className={s.empty}>
          <b>{t('empty')}</b>
          <p>{t('emptyLead')}</p>
        </div>
      )}
      {open.map(card)}
      {element === undefined && <Fared />}
      {past.length > 0 && (
        <details className={s.past}>
          <summary>{t('past', { count: past.length })}</summary>
          {past.map(card)}
        </details>
      )}
    </div>
  );
}
function Fared() {
  const { t } = useTranslation('threads');
  const fared = useFared().data;
  if (!fared?.made) return null;
  return <p className={s.fared}>{t('fared', { count: fared.accepted, made: fared.made })}</p>;
}
const WHOLE = '';
function Opening({ map, element, elements }: { map: string; element: string | undefined; elements: Element[] }) {
  const { t } = useTranslation('threads');
  const [kind, setKind] = useState<Kind>('comment');
  const [severity, setSeverity] = useState('2');
  const [who, setWho] = useState('');
  const [about, setAbout] = useState(WHOLE);
  const opening = useSaying(say.open);
  const place = element ?? about;
  const send = (body: string, done: () => void) => {
    const pain = kind === 'irritant' ? { who, severity: Number(severity) } : { who: '', severity: null };
    opening.mutate({ target: 'map', id: map, element: place, kind, body, ...pain }, { onSuccess: done });
  };
  return (
    <Composer draft={`${map}#${element ?? ''}`} label={t('write')} busy={opening.isPending} onSend={send}>
      <NativeSelect
        size="xs"
        aria-label={t('kindOf')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      {element === undefined && (
        <NativeSelect
          size="xs"
          maw={170}
          aria-label={t('about')}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
          data={[{ value: WHOLE, label: t('whole') }, ...elements.map(({ id, label }) => ({ value: id, label }))]}
        />
      )}
      {kind === 'irritant' && (
        <>
          <NativeSelect
            size="xs"
            aria-label={t('severity')}
            value={severity}
            onChange={(event) => setSeverity(event.currentTarget.value)}
            data={['1', '2', '3'].map((value) => ({ value, label: t(`level.${value}`) }))}
          />
          <TextInput
            size="xs"
            flex={1}
            miw={110}
            maxLength={80}
            aria-label={t('who')}
            placeholder={t('who')}
            value={who}
            onChange={(event) => setWho(event.currentTarget.value)}
          />
        </>
      )}
    </Composer>
  );
}
