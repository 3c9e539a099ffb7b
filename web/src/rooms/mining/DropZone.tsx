/** Where a log is dropped: progress while it travels, and a way to stop it. */
import { Button, Progress } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, useRef, useState } from 'react';
import { upload } from '@/client/http';
import { asProblem } from '@/client/problem';
import { toastProblem } from '@/client/toast';
import { percent } from '@/lib/format';
import s from './Mining.module.css';
import { useTranslation } from './texts';

interface Sending {
  name: string;
  share: number;
  cancel: () => void;
}
export function DropZone() {
  const { t } = useTranslation('mining');
  const [sending, setSending] = useState<Sending | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const send = async (file: File | undefined) => {
    if (!file) return;
    const progress = (share: number) => setSending((known) => known && { ...known, share });
    const [answer, cancel] = upload<{ id: string }>('/api/logs', file, progress);
    setSending({ name: file.name, share: 0, cancel });
    try {
      const { id } = await answer;
      await queries.invalidateQueries({ queryKey: ['logs'] });
      await navigate({ to: '/journaux/$id', params: { id } });
    } catch (error) {
      if (asProblem(error).code !== 'http.cancelled') toastProblem(error);
    } finally {
      setSending(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  if (sending)
    return (
      <div className={s.drop} role="status">
        <strong>{t('sending', { name: sending.name })}</strong>
        <Progress w="min(360px, 90%)" value={sending.share * 100} aria-label={t('sending', { name: sending.name })} />
        <span className="num">{percent(sending.share)}</span>
        <Button variant="default" onClick={sending.cancel}>
          {t('cancel')}
        </Button>
      </div>
    );
  return (
    <div
      className={s.drop}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.3} />
      <strong>{t('drop')}</strong>
      <span>{t('limit')}</span>
      <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.xes,.txt,.tsv,.gz"
        hidden
        aria-label={t('choose')}
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
    </div>
  );
}
