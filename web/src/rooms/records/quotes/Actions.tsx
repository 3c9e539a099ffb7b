/** What may be done with a quote now: sent, answered, made anew, asked about, printed. */
import { Alert, Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconCopyPlus, IconFileTypePdf, IconMail, IconSend, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { type ObjectShape, useSay } from '@/client/schema';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import { type Sheet, useVerb, type Verb } from './quote';
import s from './Quotes.module.css';
import { Status } from './Status';

const MailDialog = lazy(() => import('./MailDialog'));

interface Props {
  object: ObjectShape;
  sheet: Sheet;
}
export function Actions({ object, sheet }: Props) {
  const { t } = useTranslation('quotes');
  const { quote, may, unagreed } = sheet;
  const [refusing, setRefusing] = useState(false);
  const [mailing, setMailing] = useState(false);
  const act = useActs(object, quote, () => setRefusing(false));
  const go = (verb: Verb, more: { reason?: string; comment?: string } = {}) =>
    act.mutate({ verb, version: quote.version, ...more });
  const busy = (verb: Verb) => act.isPending && act.variables.verb === verb;
  return (
    <>
      <Group gap="sm" className={s.actions}>
        <Status object={object} status={quote.values.status} />
        {may.send && !unagreed.length && (
          <>
            <Button leftSection={<IconMail size={15} />} onClick={() => setMailing(true)}>
              {t('mail.go')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconSend size={15} />}
              loading={busy('send')}
              onClick={() => go('send')}
            >
              {t('send')}
            </Button>
          </>
        )}
        {may.accept && (
          <Button leftSection={<IconCheck size={15} />} loading={busy('accept')} onClick={() => go('accept')}>
            {t('accept')}
          </Button>
        )}
        {may.refuse && (
          <Button variant="default" leftSection={<IconX size={15} />} onClick={() => setRefusing(true)}>
            {t('refuse')}
          </Button>
        )}
        {may.accept && (
          <Button variant="default" leftSection={<IconMail size={15} />} onClick={() => setMailing(true)}>
            {t('mail.again')}
          </Button>
        )}
        {may.revise && (
          <Button
            variant="default"
            leftSection={<IconCopyPlus size={15} />}
            loading={busy('versions')}
            onClick={() => go('versions')}
          >
            {t('revise')}
          </Button>
        )}
        {may.reopen && (
          <Button variant="default" loading={busy('reopen')} onClick={() => go('reopen')}>
            {t('reopen')}
          </Button>
        )}
        <Button
          component="a"
          variant="default"
          href={`/api/quotes/${quote.id}/pdf`}
          leftSection={<IconFileTypePdf size={15} />}
        >
          {t('pdf')}
        </Button>
      </Group>
      {may.send && unagreed.length > 0 && (
        <AskAgreement unagreed={unagreed} busy={busy('approval')} onAsk={(comment) => go('approval', { comment })} />
      )}
      {mailing && (
        <Suspense>
          <MailDialog quote={quote} onClose={() => setMailing(false)} />
        </Suspense>
      )}
      {refusing && (
        <Refuse
          title={quote.title ?? ''}
          busy={busy('refuse')}
          onClose={() => setRefusing(false)}
          onRefuse={(reason) => go('refuse', { reason })}
        />
      )}
    </>
  );
}
const SAID: Record<Verb, string> = {
  send: 'sent',
  accept: 'accepted',
  refuse: 'refused',
  reopen: 'reopened',
  versions: 'revised',
  approval: 'asked',
};
/** Each act says what it did; an answer that was noted may be taken back. */
function useActs(object: ObjectShape, quote: RecordAnswer, onDone: () => void) {
  const { t } = useTranslation('quotes');
  const navigate = useNavigate();
  const refresh = useRefresh();
  const back = async () => {
    try {
      const { version } = await http.get<RecordAnswer>(`/api/records/${object.name}/${quote.id}`);
      await http.post(`/api/quotes/${quote.id}/reopen`, { version });
      await refresh(object.name, quote.id);
    } catch (error) {
      toastProblem(error);
    }
  };
  return useVerb(object, quote.id, (verb, made) => {
    onDone();
    const said = t(SAID[verb], { name: quote.title });
    if (verb === 'accept' || verb === 'refuse') toastUndo(said, t('undo'), () => void back());
    else toast(said);
    if (made) void navigate({ to: '/fiches/$object/$id', params: { object: object.name, id: String(made.id) } });
  });
}
interface AskProps {
  unagreed: Sheet['unagreed'];
  busy: boolean;
  onAsk: (comment: string) => void;
}
function AskAgreement({ unagreed, busy, onAsk }: AskProps) {
  const { t } = useTranslation('quotes');
  const say = useSay();
  const [comment, setComment] = useState('');
  return (
    <Alert color="orange" variant="light" className={s.said}>
      <form
        className={s.ask}
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(comment.trim());
        }}
      >
        <p>{t('unagreed', { what: unagreed.map((each) => say(each.label)).join(', ') })}</p>
        <Group gap="sm" align="end">
          <TextInput
            label={t('comment')}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Button type="submit" loading={busy}>
            {t('ask')}
          </Button>
        </Group>
      </form>
    </Alert>
  );
}
interface RefuseProps {
  title: string;
  busy: boolean;
  onRefuse: (reason: string) => void;
  onClose: () => void;
}
function Refuse({ title, busy, onRefuse, onClose }: RefuseProps) {
  const { t } = useTranslation('quotes');
  const [reason, setReason] = useState('');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('refuseTitle', { name: title })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRefuse(reason.trim());
        }}
      >
        <Textarea
          label={t('reason')}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('refuseGo')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
