/** The bar under the map: how to read it, how much of it to see. */
import { ActionIcon, SegmentedControl, Slider } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from '@/i18n';
import { percent } from '@/lib/format';
import s from './Canvas.module.css';
import type { Reading } from './graph';

const LEGEND = ['< 1 j', '1–3 j', '3–7 j', '7–14 j', '> 14 j'];

export interface DockProps {
  reading: Reading;
  onReading?: (reading: Reading) => void;
  paths?: number;
  onPaths?: (share: number) => void;
}
export function Dock({ reading, onReading, paths, onPaths }: DockProps) {
  const { t } = useTranslation('canvas');
  const flow = useReactFlow();
  return (
    <div className={s.dock}>
      {onReading && (
        <>
          <SegmentedControl
            aria-label={t('reading')}
            value={reading}
            onChange={(value) => onReading(value as Reading)}
            data={[
              { value: 'wait', label: t('wait') },
              { value: 'frequency', label: t('frequency') },
            ]}
          />
          <div className={s.legend}>
            {LEGEND.map((label, level) => (
              <span key={label}>
                <i style={{ background: `var(--pt-w${level})` }} />
                {label}
              </span>
            ))}
          </div>
          <span className={s.dockSep} />
        </>
      )}
      {onPaths && paths != null && (
        <>
          <div className={s.paths}>
            <span>{t('paths')}</span>
            <Slider
              w={90}
              size={3}
              min={0.05}
              max={1}
              step={0.05}
              label={null}
              thumbLabel={t('paths')}
              defaultValue={paths}
              onChangeEnd={onPaths}
            />
            <b>{percent(paths)}</b>
          </div>
          <span className={s.dockSep} data-sm />
        </>
      )}
      <ActionIcon aria-label={t('zoomOut')} onClick={() => void flow.zoomOut({ duration: 120 })}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('zoomIn')} onClick={() => void flow.zoomIn({ duration: 120 })}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('fit')} onClick={() => void flow.fitView({ duration: 200, padding: 0.12 })}>
        <IconMaximize size={16} />
      </ActionIcon>
    </div>
  );
}
