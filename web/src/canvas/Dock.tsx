/** The bar under the map: how to read it, how much of it to see. */
import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from '@/i18n';
import { integer, percent } from '@/lib/format';
import s from './Canvas.module.css';
import type { Reading } from './graph';
import { Legend } from './Legend';
import { margins } from './opening';

export interface DockProps {
  reading: Reading;
  onReading?: (reading: Reading) => void;
  paths?: number;
  onPaths?: (share: number) => void;
  /** How many of the steps to see, the frequent first. */
  steps?: number;
  onSteps?: (share: number) => void;
  /** What the slider leaves out: passages, and how many times they were taken. */
  hidden?: { passages: number; times: number };
}
export function Dock(props: DockProps & { most: number; folded?: boolean }) {
  const { reading, onReading, paths, onPaths, steps, onSteps, hidden, most, folded } = props;
  const { t } = useTranslation('canvas');
  const flow = useReactFlow();
  return (
    <div className={s.dock}>
      {onReading && (
        <SegmentedControl
          aria-label={t('reading')}
          value={reading}
          onChange={(value) => onReading(value as Reading)}
          data={[
            { value: 'wait', label: t('wait') },
            { value: 'frequency', label: t('frequency') },
          ]}
        />
      )}
      <Legend reading={reading} most={most} />
      {onSteps && steps != null && <Share label={t('stepsShown')} share={steps} onShare={onSteps} />}
      {onPaths && paths != null && (
        <Share label={t('paths')} share={paths} onShare={onPaths}>
          {!!hidden?.passages && <small>{t('hidden', { count: hidden.passages, times: integer(hidden.times) })}</small>}
        </Share>
      )}
      {reading !== 'plain' && <span className={s.dockSep} data-sm />}
      <ActionIcon aria-label={t('zoomOut')} onClick={() => void flow.zoomOut({ duration: 120 })}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('zoomIn')} onClick={() => void flow.zoomIn({ duration: 120 })}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('fit')}
        onClick={() => void flow.fitView({ duration: 200, padding: margins(folded), maxZoom: 1 })}
      >
        <IconMaximize size={16} />
      </ActionIcon>
    </div>
  );
}
interface ShareProps {
  label: string;
  share: number;
  onShare: (share: number) => void;
  children?: ReactNode;
}
function Share({ label, share, onShare, children }: ShareProps) {
  return (
    <label className={s.paths}>
      <span>{label}</span>
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(share * 100)}
        onChange={(event) => onShare(Number(event.currentTarget.value) / 100)}
      />
      <b>{percent(share)}</b>
      {children}
    </label>
  );
}
