/** The files of a record: dropped, renewed, looked at where they stand, removed. */
import { ActionIcon, Button, Group, Modal, Progress } from '@mantine/core';
import { IconDownload, IconFile, IconFileTypePdf, IconPhoto, IconTrash, IconUpload, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { http, upload } from '@/client/http';
import { asProblem } from '@/client/problem';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import { ago, decimal, percent } from '@/lib/format';
import d from './Documents.module.css';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

interface Version {
  id: string;
  n: number;
  name: string;
  media: string;
  shown: boolean;
  bytes: number;
  at: string;
  by: string | null;
}
interface Kept extends Version {
  series: string;
  before: Version[];
}
interface Sending {
  name: string;
  share: number;
  cancel: () => void;
}
const MEGA = 1024 ** 2;
const size = (bytes: number) =>
  bytes < MEGA ? `${decimal(Math.max(bytes / 1024, 0.1))}\u202fKo` : `${decimal(bytes / MEGA)}\u202fMo`;
const address = ({ id }: Version, shown = false) => `/api/documents/${id}${shown ? '?shown=true' : ''}`;

export function Documents({ object, record }: { object: ObjectShape; record: RecordAnswer }) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const path = `/api/records/${object.name}/${record.id}/documents`;
  const key = ['record', object.name, String(record.id), 'documents'];
  const kept = useQuery({ queryKey: key, queryFn: () => http.get<Kept[]>(path) }).data ?? [];
  const may = record.may.update && !record.deleted_at;
  const after = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: key }),
      queries.invalidateQueries({ queryKey: ['timeline', object.name, String(record.id)] }),
    ]);
  const { sending, send } = useSending(path, after);
  const [seen, setSeen] = useState<Version | null>(null);
  const remove = async (one: Kept) => {
    try {
      await http.delete(`/api/documents/${one.id}`);
      toast(t('documents.removed', { name: one.name }));
      await after();
    } catch (error) {
      toastProblem(error);
    }
  };
  if (!may && kept.length === 0) return null;
  return (
    <section className={s.group}>
      <h3>{t('documents.title')}</h3>
      <ul className={d.list}>
        {kept.map((one) => (
          <li key={one.series}>
            {icon(one)}
            <span className={d.name}>
              <Opened one={one} onSee={setSeen} />
              <small>
                {one.n > 1 && `v${one.n} · `}
                {size(one.bytes)} · {one.by ?? t('timeline.system')}, {ago(one.at)}
                {one.before.map((each) => (
                  <span key={each.id}>
                    {' · '}
                    <a href={address(each)}>v{each.n}</a>
                  </span>
                ))}
              </small>
            </span>
            <ActionIcon component="a" href={address(one)} aria-label={t('documents.download', { name: one.name })}>
              <IconDownload size={15} />
            </ActionIcon>
            {may && (
              <>
                <Picked label={t('documents.renew', { name: one.name })} onPick={(file) => void send(file, one.series)}>
                  <IconUpload size={15} />
                </Picked>
                <ActionIcon aria-label={t('documents.remove', { name: one.name })} onClick={() => void remove(one)}>
                  <IconTrash size={15} />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ul>
      {may && <Drop sending={sending} onFile={(file) => void send(file)} />}
      {seen && (
        <Modal
          opened
          size="xl"
          onClose={() => setSeen(null)}
          title={seen.name}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <Preview one={seen} />
        </Modal>
      )}
    </section>
  );
}
/** One file at a time on its way, which can be stopped. */
function useSending(path: string, after: () => Promise<unknown>) {
  const { t } = useTranslation('records');
  const [sending, setSending] = useState<Sending | null>(null);
  const send = async (file: File | undefined, series?: string) => {
    if (!file || sending) return;
    const progress = (share: number) => setSending((known) => known && { ...known, share });
    const [answer, cancel] = upload(series ? `${path}?series=${series}` : path, file, progress);
    setSending({ name: file.name, share: 0, cancel });
    try {
      await answer;
      toast(t('documents.added', { name: file.name }));
      await after();
    } catch (error) {
      if (asProblem(error).code !== 'http.cancelled') toastProblem(error);
    } finally {
      setSending(null);
    }
  };
  return { sending, send };
}
function Drop({ sending, onFile }: { sending: Sending | null; onFile: (file: File | undefined) => void }) {
  const { t } = useTranslation('records');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (sending)
    return (
      <Group className={d.drop} role="status" gap="sm" wrap="nowrap">
        <Progress flex={1} value={sending.share * 100} aria-label={sending.name} />
        <span className="num">{percent(sending.share)}</span>
        <ActionIcon aria-label={t('documents.stop')} onClick={sending.cancel}>
          <IconX size={15} />
        </ActionIcon>
      </Group>
    );
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={d.drop}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span>{t('documents.drop')}</span>
      <Button variant="default" size="compact-sm" onClick={() => input.current?.click()}>
        {t('documents.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('documents.choose')}
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
function Picked({
  label,
  onPick,
  children,
}: {
  label: string;
  onPick: (file: File | undefined) => void;
  children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionIcon aria-label={label} onClick={() => input.current?.click()}>
        {children}
      </ActionIcon>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        onChange={(event) => onPick(event.currentTarget.files?.[0])}
      />
    </>
  );
}
function Opened({ one, onSee }: { one: Version; onSee: (one: Version) => void }) {
  if (!one.shown) return <a href={address(one)}>{one.name}</a>;
  return (
    <button type="button" onClick={() => onSee(one)}>
      {one.name}
    </button>
  );
}
function Preview({ one }: { one: Version }) {
  return one.media === 'application/pdf' ? (
    <iframe className={d.paper} src={address(one, true)} title={one.name} />
  ) : (
    <img className={d.picture} src={address(one, true)} alt={one.name} />
  );
}
function icon({ media }: Version): ReactNode {
  if (media === 'application/pdf') return <IconFileTypePdf size={18} stroke={1.5} />;
  return media.startsWith('image/') ? <IconPhoto size={18} stroke={1.5} /> : <IconFile size={18} stroke={1.5} />;
}
