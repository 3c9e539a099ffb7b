/** What a proposal changes, in words; the owner adopts it, choosing where the draft changed too, or refuses it. */
import { Button, Group, Radio, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { Await } from '@/design/states';
import { say, type Thread, useSaying } from './queries';
import s from './Threads.module.css';
import { useTranslation } from './texts';

type Proposal = Shape<'ProposalOut'>;
type Choices = Record<string, 'draft' | 'proposal'>;
export default function Change({
  thread,
  onSelect,
}: {
  thread: Thread;
  onSelect?: ((id: string) => void) | undefined;
}) {
  const proposal = useQuery({
    queryKey: ['threads', 'proposal', thread.id],
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/proposals/{thread_id}', { params: { path: { thread_id: thread.id } } })),
  });
  return (
    <Await query={proposal} rows={2}>
      {(known) => (
        <div className={s.change}>
          <ul>
            {known.changes.map((each, index) => (
              <li key={index}>
                <button type="button" onClick={() => onSelect?.(each.element)}>
                  {each.say}
                </button>
              </li>
            ))}
          </ul>
          {thread.state === 'open' && thread.may_decide && <Decide thread={thread} proposal={known} />}
        </div>
      )}
    </Await>
  );
}
function Decide({ thread, proposal }: { thread: Thread; proposal: Proposal }) {
  const { t } = useTranslation('threads');
  const queries = useQueryClient();
  const [choices, setChoices] = useState<Choices>({});
  const accept = useSaying(
    () => say.accept(thread.id, choices),
    () => void queries.resetQueries({ queryKey: ['map'] }),
  );
  const chosen = proposal.clashes.every((each) => choices[each.path]);
  return (
    <>
      {proposal.clashes.length > 0 && <p className={s.warn}>{t('clashes')}</p>}
      {proposal.clashes.map((each) => (
        <Radio.Group
          key={each.path}
          size="xs"
          label={each.say}
          value={choices[each.path] ?? ''}
          onChange={(side) => setChoices({ ...choices, [each.path]: side as 'draft' | 'proposal' })}
        >
          <Radio size="xs" mt={4} value="draft" label={t('keepDraft', { value: each.draft ?? '' })} />
          <Radio size="xs" mt={4} value="proposal" label={t('takeProposal', { value: each.proposal ?? '' })} />
        </Radio.Group>
      ))}
      <Verdict thread={thread} ready={chosen} accepting={accept.isPending} onAccept={() => accept.mutate(undefined)} />
    </>
  );
}
interface VerdictProps {
  thread: Thread;
  ready: boolean;
  accepting: boolean;
  onAccept: () => void;
}
/** Adopt, or refuse with a reason that its author will read. */
export function Verdict({ thread, ready, accepting, onAccept }: VerdictProps) {
  const { t } = useTranslation('threads');
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const refuse = useSaying(() => say.close(thread.id, 'refused', reason));
  if (!refusing)
    return (
      <Group gap={6}>
        <Button size="xs" variant="default" disabled={!ready} loading={accepting} onClick={onAccept}>
          {t('accept')}
        </Button>
        <Button size="xs" variant="subtle" color="red" onClick={() => setRefusing(true)}>
          {t('refuse')}
        </Button>
      </Group>
    );
  return (
    <form
      className={s.closing}
      onSubmit={(event) => {
        event.preventDefault();
        refuse.mutate(undefined);
      }}
    >
      <TextInput
        size="xs"
        maxLength={500}
        autoFocus
        aria-label={t('refuseWhy')}
        placeholder={t('refuseWhy')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" loading={refuse.isPending} disabled={!reason.trim()}>
        {t('refuse')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setRefusing(false)}>
        {t('cancel')}
      </Button>
    </form>
  );
}
