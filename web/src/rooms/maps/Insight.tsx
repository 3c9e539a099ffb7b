/** Where a map blocks first, in a sentence that opens the step. */
import { IconSparkles } from '@tabler/icons-react';
import c from '@/canvas/Canvas.module.css';
import type { OverlayAnswer } from '@/client/maps';
import { useTranslation } from './texts';

interface Props {
  overlay: OverlayAnswer;
  label: string;
  onOpen: () => void;
}
export function Insight({ overlay, label, onOpen }: Props) {
  const { t } = useTranslation('maps');
  return (
    <button type="button" className={c.insight} onClick={onOpen}>
      <IconSparkles size={15} />
      <span>
        {overlay.worst_sentence ?? (
          <>
            <b>{t('worst')}</b> {label}
          </>
        )}
      </span>
    </button>
  );
}
