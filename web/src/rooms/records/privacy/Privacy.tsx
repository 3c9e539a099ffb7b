/** A person as a person: what they agreed to, everything that is kept, who saw it, and forgetting them for good. */
import { Button, Checkbox, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { IconFileTypePdf, IconJson, IconShieldLock, IconUserOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import { useWork } from '@/client/jobs';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import { Badge } from '@/design/ui';
import { useTranslation } from '@/i18n';
import { dayTime, day } from '@/lib/format';
import s from '../RecordPage.module.css';
import { useRefresh } from '../refresh';
import './texts';

const BASES = ['consent', 'contract', 'legal', 'vital', 'public', 'interest'] as const;
interface Said {
  purpose: string;
  basis: (typeof BASES)[number];
  given: boolean;
  proof: string;
  said_at: string;
  by: string | null;
}
interface Consents {
  stands: { purpose: string; said: Said | null }[];
  said: Said[];
}
interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
export default function Privacy({ object, record }: Props) {
  const { t } = useTranslation('privacy');
  const address = `/api/records/${object.name}/${record.id}`;
  const key = ['record', object.name, String(record.id), 'consents'];
  const consents = useQuery({ queryKey: key, queryFn: () => http.get<Consents>(`${address}/consents`) }).data;
  const [noting, setNoting] = useState<string | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const [seen, setSeen] = useState(false);
  const may = record.may.update && !record.deleted_at;
  return (
    <section className={s.group}>
      <h3>
        {t('title')} <IconShieldLock size={15} />
      </h3>
      <ul className={s.consents}>
        {consents?.stands.map(({ purpose, said }) => (
          <li key={purpose} title={said?.proof}>
            <span>{t(`purpose.${purpose}`)}</span>
            <Badge tone={said ? (said.given ? 'green' : 'red') : 'neutral'}>
              {said
                ? `${t(`basis.${said.basis}`)} · ${t(said.given ? 'yes' : 'no')} · ${day(said.said_at)}`
                : t('nothing')}
            </Badge>
            {may && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('note', { purpose: t(`purpose.${purpose}`) })}
                onClick={() => setNoting(purpose)}
              >
                {t('noteShort')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Group gap={6} mt={8}>
        {(['json', 'pdf'] as const).map((form) => (
          <Button
            key={form}
            component="a"
            href={`${address}/portrait.${form}`}
            variant="default"
            size="compact-sm"
            leftSection={form === 'pdf' ? <IconFileTypePdf size={14} /> : <IconJson size={14} />}
            aria-label={t('export', { form: form.toUpperCase() })}
          >
            {t('exportShort', { form: form.toUpperCase() })}
          </Button>
        ))}
        {object.may.delete && (
          <>
            <Button variant="default" size="compact-sm" onClick={() => setSeen(true)}>
              {t('readings')}
            </Button>
            <Button
              variant="default"
              color="red"
              size="compact-sm"
              leftSection={<IconUserOff size={14} />}
              onClick={() => setForgetting(true)}
            >
              {t('forget')}
            </Button>
          </>
        )}
      </Group>
      {noting && <Noting address={address} purpose={noting} consentKey={key} onClose={() => setNoting(null)} />}
      {seen && <Readings address={address} onClose={() => setSeen(false)} />}
      {forgetting && <Forgetting object={object} record={record} onClose={() => setForgetting(false)} />}
    </section>
  );
}
interface NotingProps {
  address: string;
  purpose: string;
  consentKey: string[];
  onClose: () => void;
}
function Noting({ address, purpose, consentKey, onClose }: NotingProps) {
  const { t } = useTranslation('privacy');
  const queries = useQueryClient();
  const [basis, setBasis] = useState<string>('consent');
  const [given, setGiven] = useState(true);
  const [proof, setProof] = useState('');
  const keep = async () => {
    try {
      await http.post(`${address}/consents`, { purpose, basis, given, proof });
      await queries.invalidateQueries({ queryKey: consentKey });
      onClose();
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('note', { purpose: t(`purpose.${purpose}`) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <NativeSelect
        label={t('basisLabel')}
        value={basis}
        onChange={(event) => setBasis(event.currentTarget.value)}
        data={BASES.map((each) => ({ value: each, label: t(`basis.${each}`) }))}
      />
      <Checkbox
        mt="sm"
        label={t('given')}
        checked={given}
        onChange={(event) => setGiven(event.currentTarget.checked)}
      />
      <Textarea
        mt="sm"
        autosize
        minRows={2}
        maxLength={2000}
        label={t('proof')}
        description={t('proofHint')}
        value={proof}
        onChange={(event) => setProof(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button onClick={() => void keep()}>{t('save')}</Button>
      </Group>
    </Modal>
  );
}
function Readings({ address, onClose }: { address: string; onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const readings = useQuery({
    queryKey: ['readings', address],
    retry: false,
    queryFn: () => http.get<{ by: string; at: string }[]>(`${address}/readings`),
  });
  return (
    <Modal opened onClose={onClose} title={t('readings')} closeButtonProps={{ 'aria-label': t('close') }}>
      {readings.error && <p>{(readings.error as Error).message}</p>}
      <ul className={s.consents}>
        {readings.data?.map((each) => (
          <li key={`${each.by}${each.at}`}>
            <span>{each.by}</span> <time dateTime={each.at}>{dayTime(each.at)}</time>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
/** Nothing brings a person back: it is said why, and their name is typed. */
function Forgetting({ object, record, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const refresh = useRefresh();
  const [motive, setMotive] = useState('');
  const [sure, setSure] = useState(false);
  const { begin, busy } = useWork(
    (why: string) => http.post<{ job: string }>(`/api/records/${object.name}/${record.id}/forget`, { motive: why }),
    (result) => {
      const { rows, events, documents } = result as Record<'rows' | 'events' | 'documents', number>;
      toast(t('forgotten', { rows, events, documents }));
      void refresh(object.name, record.id);
      onClose();
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('forgetTitle', { title: record.title ?? '' })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className={s.touch}>{t('forgetLead')}</p>
      <Textarea
        data-autofocus
        mt="sm"
        required
        maxLength={500}
        label={t('why')}
        value={motive}
        onChange={(event) => setMotive(event.currentTarget.value)}
      />
      <Checkbox mt="sm" label={t('sure')} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button color="red" disabled={!sure || !motive.trim()} loading={busy} onClick={() => begin(motive)}>
          {t('forget')}
        </Button>
      </Group>
    </Modal>
  );
}
