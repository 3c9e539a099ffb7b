/** Where a file is dropped: progress while it travels, and a way to stop it. */
import { Button, Progress } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { upload } from '@/client/http';
import { asProblem } from '@/client/problem';
import { toastProblem } from '@/client/toast';
import { useTranslation } from '@/i18n';
import { percent } from '@/lib/format';
import s from './DropZone.module.css';

interface Texts {
  drop: string;
  limit: string;
  choose: string;
}
interface DropZoneProps {
  /** Where the file is sent. */
  path: string;
  accept: string;
  texts: Texts;
  disabled?: boolean;
  onReceived: (id: string) => Promise<unknown>;
  children?: ReactNode;
}
interface Sending {
  name: string;
  share: number;
  cancel: () => void;
}
export function DropZone({ path, accept, texts, disabled = false, onReceived, children }: DropZoneProps) {
  const { t } = useTranslation('app');
  const [sending, setSending] = useState<Sending | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const send = async (file: File | undefined) => {
    if (!file || disabled) return;
    const progress = (share: number) => setSending((known) => known && { ...known, share });
    const [answer, cancel] = upload<{ id: string }>(path, file, progress);
    setSending({ name: file.name, share: 0, cancel });
    try {
      await onReceived((await answer).id);
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
    return <Busy title={t('file.sending', { name: sending.name })} share={sending.share} onCancel={sending.cancel} />;
  return (
    <div
      className={s.drop}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.3} />
      <strong>{texts.drop}</strong>
      <span>{texts.limit}</span>
      {children}
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        {texts.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={texts.choose}
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
    </div>
  );
}
/** Work under way in the place of what it will give; without a way to stop it, it is only followed. */
export function Busy({ title, share, onCancel }: { title: string; share: number; onCancel?: () => void }) {
  const { t } = useTranslation('app');
  return (
    <div className={s.drop} role="status">
      <strong>{title}</strong>
      <Progress w="min(360px, 90%)" value={share * 100} aria-label={title} />
      <span className="num">{percent(share)}</span>
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          {t('file.cancel')}
        </Button>
      )}
    </div>
  );
}
