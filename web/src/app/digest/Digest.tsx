/** What waits for one, by mail once a working day: at which hour, or not at all. */
import { Button, Group, Modal, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { useSession } from '@/client/session';
import { toast } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import { useTranslation } from '@/i18n';
import s from '../Shell.module.css';
import './texts';

type Choice = Shape<'DigestOut'>;
interface Props {
  onClose: () => void;
}
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const USUAL = 8;
export default function Digest({ onClose }: Props) {
  const { t } = useTranslation('app');
  const choice = useQuery({ queryKey: ['digest'], queryFn: () => answer(api.GET('/api/digest')) });
  return (
    <Modal opened onClose={onClose} title={t('digest:title')} closeButtonProps={{ 'aria-label': t('state.close') }}>
      <Await query={choice} rows={3}>
        {(known) => <DigestForm known={known} onClose={onClose} />}
      </Await>
    </Modal>
  );
}
function DigestForm({ known, onClose }: Props & { known: Choice }) {
  const { t } = useTranslation('app');
  const { user } = useSession();
  const queries = useQueryClient();
  const [hour, setHour] = useState(known.hour ?? USUAL);
  const done = async (said: string) => {
    await queries.invalidateQueries({ queryKey: ['digest'] });
    toast(said);
    onClose();
  };
  const keep = useMutation({
    mutationFn: () => answer(api.PUT('/api/digest', { body: { hour } })),
    onSuccess: () => done(t('digest:kept', { hour })),
  });
  const stop = useMutation({
    mutationFn: () => answer(api.DELETE('/api/digest')),
    onSuccess: () => done(t('digest:stopped')),
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
      <p>{t('digest:lead', { email: user.email })}</p>
      {!known.leaves && <p role="note">{t('digest:noServer')}</p>}
      <Refused error={keep.error ?? stop.error} />
      <Select
        label={t('digest:hour')}
        description={t('digest:hourHint')}
        allowDeselect={false}
        disabled={!known.leaves}
        data={HOURS.map((each) => ({ value: String(each), label: t('digest:at', { hour: each }) }))}
        value={String(hour)}
        onChange={(value) => setHour(Number(value))}
      />
      <Group justify="flex-end" gap="sm">
        {known.hour !== null && (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('digest:stop')}
          </Button>
        )}
        <Button type="submit" loading={keep.isPending} disabled={!known.leaves}>
          {t(known.hour === null ? 'digest:start' : 'digest:keep')}
        </Button>
      </Group>
    </form>
  );
}
