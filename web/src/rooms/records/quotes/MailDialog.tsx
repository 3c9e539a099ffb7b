/** A quote sent to the client by mail, its PDF with it: proposed, read again, sent. */
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { toast } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import s from './Quotes.module.css';

interface Letter {
  to: string;
  title: string;
  body: string;
}
interface Props {
  quote: RecordAnswer;
  onClose: () => void;
}
export default function MailDialog({ quote, onClose }: Props) {
  const { t } = useTranslation('quotes');
  const proposed = useQuery({
    queryKey: ['quote-mail', quote.id],
    queryFn: () => http.get<Letter & { leaves: boolean }>(`/api/quotes/${quote.id}/mail`),
    gcTime: 0,
  });
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('mailTitle', { name: quote.title })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Await query={proposed} rows={5}>
        {({ leaves, ...letter }) => <Form quote={quote} onClose={onClose} proposed={letter} leaves={leaves} />}
      </Await>
    </Modal>
  );
}
function Form({ quote, onClose, proposed, leaves }: Props & { proposed: Letter; leaves: boolean }) {
  const { t } = useTranslation('quotes');
  const refresh = useRefresh();
  const [letter, setLetter] = useState(proposed);
  const send = useMutation({
    mutationFn: () => http.post(`/api/quotes/${quote.id}/mail`, { version: quote.version, ...letter }),
    onSuccess: async () => {
      toast(t('mailed', { name: quote.title, to: letter.to }));
      onClose();
      await refresh('quote', quote.id);
    },
  });
  const field = (name: keyof Letter) => ({
    label: t(`mail.${name}`),
    required: true,
    disabled: !leaves,
    value: letter[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setLetter((before) => ({ ...before, [name]: value }));
    },
  });
  const whole = Object.values(letter).every((one) => one.trim());
  return (
    <form
      className={s.letter}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Refused error={send.error} />
      {!leaves && <p role="note">{t('mailNoServer')}</p>}
      <TextInput {...field('to')} type="email" maxLength={254} data-autofocus />
      <TextInput {...field('title')} maxLength={200} />
      <Textarea {...field('body')} autosize minRows={8} maxRows={16} maxLength={20_000} />
      <p>{t('mailLead', { file: `${quote.title}.pdf` })}</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={send.isPending} disabled={!leaves || !whole}>
          {t('mailGo')}
        </Button>
      </Group>
    </form>
  );
}
