/** What a new branch is, by one letter; a capital begins its name, Enter keeps what it is. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { StepKind } from '@/client/maps';
import s from './together/Together.module.css';
import { useTranslation } from './texts';

interface Props {
  letters: Record<string, StepKind>;
  /** What it is, null for what it was; and how its name begins. */
  onPick: (kind: StepKind | null, begun?: string) => void;
  onClose: () => void;
}
export function KindPalette({ letters, onPick, onClose }: Props) {
  const { t } = useTranslation('maps');
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    const kind = letters[event.key];
    if (kind) onPick(kind);
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' || event.key === 'Tab') onPick(null);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) onPick(null, event.key);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={bar}
      className={s.bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={t('typed.title')}
      onKeyDown={keys}
      onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || onClose()}
    >
      <span>{t('typed.title')}</span>
      {Object.entries(letters).map(([letter, kind]) => (
        <button key={kind} type="button" className={s.typed} onClick={() => onPick(kind)}>
          <kbd>{letter}</kbd> {t(`kind.${kind}`)}
        </button>
      ))}
      <button type="button" className={s.typed} onClick={() => onPick(null)}>
        <kbd>{t('typed.enter')}</kbd> {t('kind.task')}
      </button>
    </div>
  );
}
