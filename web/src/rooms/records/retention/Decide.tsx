/** What becomes of people whose time is over: kept until a day for a reason, or forgotten for good. */
import { Button, Checkbox, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import { useWork } from '@/client/jobs';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { useTranslation } from '@/i18n';
import { day, percent } from '@/lib/format';
import { type DuePerson, release, useAgain } from './dues';

interface Props {
  object: string;
  people: DuePerson[];
  onClose: () => void;
  onDone: () => void;
}
const MONTHS = 6;
const inMonths = (months: number, days = 0) => {
  const now = new Date();
  const then = new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, now.getDate() + days));
  return then.toISOString().slice(0, 10);
};
const useTitle = (what: 'keep' | 'forget', people: DuePerson[]) => {
  const { t } = useTranslation('retention');
  const [one] = people;
  return one && people.length === 1
    ? t(`${what}One`, { title: one.title })
    : t(`${what}Many`, { count: people.length });
};

export function KeepDialog({ object, people, onClose, onDone }: Props) {
  const { t } = useTranslation('retention');
  const again = useAgain();
  const [motive, setMotive] = useState('');
  const [until, setUntil] = useState(() => inMonths(MONTHS));
  const ids = people.map(({ id }) => id);
  const back = () => void release(object, ids).then(again, toastProblem);
  const keep = useMutation({
    mutationFn: () => http.post(`/api/retention/${object}/keep`, { ids, motive, until }),
    onError: toastProblem,
    onSuccess: async () => {
      await again();
      toastUndo(t('kept', { count: ids.length, day: day(until) }), t('undo'), back);
      onDone();
    },
  });
  return (
    <Modal opened onClose={onClose} title={useTitle('keep', people)} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate();
        }}
      >
        <Textarea
          data-autofocus
          required
          autosize
          minRows={2}
          maxLength={500}
          label={t('motive')}
          placeholder={t('motiveHint')}
          value={motive}
          onChange={(event) => setMotive(event.currentTarget.value)}
        />
        <TextInput
          mt="sm"
          required
          type="date"
          label={t('until')}
          description={t('untilHint')}
          min={inMonths(0, 1)}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!motive.trim() || !until} loading={keep.isPending}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
/** Nothing brings them back: it is confirmed, then followed until it is done. */
export function ForgetDialog({ object, people, onClose, onDone }: Props) {
  const { t } = useTranslation('retention');
  const again = useAgain();
  const [sure, setSure] = useState(false);
  const { begin, busy, progress } = useWork(
    (ids: number[]) => http.post<{ job: string }>(`/api/retention/${object}/forget`, { ids }),
    (result) => {
      const { forgotten, left } = result as { forgotten: number; left: number };
      const others = left ? ` ${t('left', { count: left })}` : '';
      toast(t('forgotten', { count: forgotten }) + others);
      void again();
      onDone();
    },
  );
  return (
    <Modal opened onClose={onClose} title={useTitle('forget', people)} closeButtonProps={{ 'aria-label': t('close') }}>
      <p>{t('forgetLead')}</p>
      <p>{t('forgetAgain')}</p>
      <Checkbox
        mt="sm"
        data-autofocus
        label={t('sure')}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          color="red"
          disabled={!sure}
          loading={busy}
          title={busy ? percent(progress) : undefined}
          onClick={() => begin(people.map(({ id }) => id))}
        >
          {t('go')}
        </Button>
      </Group>
    </Modal>
  );
}
