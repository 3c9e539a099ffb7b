/** When one is away, and who decides in one's stead. */
import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { usePeople } from '@/client/people';
import { useSession } from '@/client/session';
import { toast } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import { useTranslation } from '@/i18n';
import { day } from '@/lib/format';
import s from './Shell.module.css';

type Away = Shape<'AbsenceOut'>;
interface Props {
  onClose: () => void;
}
export default function Absence({ onClose }: Props) {
  const { t } = useTranslation('app');
  const path = { person: useSession().user.id };
  const absence = useQuery({
    queryKey: ['absence'],
    queryFn: () => answer(api.GET('/api/people/{person}/absence', { params: { path } })),
  });
  return (
    <Modal opened onClose={onClose} title={t('away.title')} closeButtonProps={{ 'aria-label': t('state.close') }}>
      <Await query={absence} rows={3}>
        {(known) => <AwayForm known={known} onClose={onClose} />}
      </Await>
    </Modal>
  );
}
/** A day as the browser's own field writes it, in one's own time zone. */
const dayOf = (moment: string | Date) => {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
function AwayForm({ known, onClose }: Props & { known: Away | null }) {
  const { t } = useTranslation('app');
  const { user } = useSession();
  const queries = useQueryClient();
  const path = { person: user.id };
  const others = (usePeople().data ?? []).filter((each) => each.id !== user.id);
  const [begins, setBegins] = useState(dayOf(known?.begins_at ?? new Date()));
  const [ends, setEnds] = useState(known ? dayOf(known.ends_at) : '');
  const [delegate, setDelegate] = useState<string | null>(known?.delegate ? String(known.delegate) : null);
  const done = async (said: string) => {
    await queries.invalidateQueries({ queryKey: ['absence'] });
    toast(said);
    onClose();
  };
  const keep = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/people/{person}/absence', {
          params: { path },
          body: {
            begins_at: new Date(`${begins}T00:00`).toISOString(),
            ends_at: new Date(`${ends}T00:00`).toISOString(),
            delegate: delegate ? Number(delegate) : null,
          },
        }),
      ),
    onSuccess: () => done(t('away.kept', { when: day(`${ends}T00:00`) })),
  });
  const back = useMutation({
    mutationFn: () => answer(api.DELETE('/api/people/{person}/absence', { params: { path } })),
    onSuccess: () => done(t('away.isBack')),
  });
  return (
    <form
      className={s.away}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <p>{t('away.lead')}</p>
      <Refused error={keep.error ?? back.error} />
      <Group grow>
        <TextInput
          type="date"
          required
          label={t('away.begins')}
          value={begins}
          onChange={(event) => setBegins(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          required
          label={t('away.ends')}
          min={begins}
          value={ends}
          onChange={(event) => setEnds(event.currentTarget.value)}
        />
      </Group>
      <Select
        searchable
        clearable
        label={t('away.delegate')}
        description={t('away.delegateHint')}
        data={others.map((each) => ({ value: String(each.id), label: each.name }))}
        value={delegate}
        onChange={setDelegate}
        clearButtonProps={{ 'aria-label': t('away.nobody') }}
      />
      <Group justify="flex-end" gap="sm">
        {known && (
          <Button variant="default" loading={back.isPending} onClick={() => back.mutate()}>
            {t('away.back')}
          </Button>
        )}
        <Button type="submit" loading={keep.isPending} disabled={!begins || !ends}>
          {t('away.keep')}
        </Button>
      </Group>
    </form>
  );
}
