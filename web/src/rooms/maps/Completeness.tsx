/** How much of a step is said. */
import { Progress } from '@mantine/core';
import type { MapDoc, Step } from '@/client/maps';
import { completeness } from './model';
import { useTranslation } from './texts';

export function Completeness({ step, map }: { step: Step; map: MapDoc }) {
  const { t } = useTranslation('maps');
  const { done, total, missing } = completeness(step, map);
  const said = t('completeness', { done, total });
  return (
    <div>
      <small>{said}</small>
      <Progress value={(done / total) * 100} size={4} aria-label={said} />
      {missing.length > 0 && (
        <small>{t('toSay', { parts: missing.map((each) => t(`said.${each}`)).join(', ') })}</small>
      )}
    </div>
  );
}
