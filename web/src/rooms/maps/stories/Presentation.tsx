/** A scenario walked on the map, full screen: the step lit, who acts, what must then be true; ← → and Escape. */
import { ActionIcon, Progress } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { Shape } from '@/client/api';
import type { MapDoc } from '@/client/maps';
import { Badge } from '@/design/ui';
import { useTranslation } from '../texts';
import p from './Presentation.module.css';

interface Props {
  scenario: Shape<'ScenarioOut'>;
  map: MapDoc;
  steps: readonly (string | null)[];
  onLight: (step: string | null) => void;
  onClose: () => void;
}
export default function Presentation({ scenario, map, steps, onLight, onClose }: Props) {
  const { t } = useTranslation('maps');
  const [at, setAt] = useState(0);
  const last = scenario.moments.length - 1;
  const go = useCallback((by: number) => setAt((now) => Math.min(last, Math.max(0, now + by))), [last]);
  const moment = scenario.moments[at];
  const played = scenario.outcome?.moments[at];
  const step = played?.step ?? steps[at] ?? null;
  useEffect(() => onLight(step), [step, onLight]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight') go(1);
      else if (event.key === 'ArrowLeft') go(-1);
      else if (event.key === 'Escape') onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [go, onClose]);
  if (!moment) return null;
  return (
    <section className={p.presentation} data-presenting aria-label={scenario.title}>
      <header>
        <h2>{scenario.title}</h2>
        <span>{t('story.position', { n: at + 1, total: last + 1 })}</span>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <Progress
        value={((at + 1) / (last + 1)) * 100}
        size={3}
        aria-label={t('story.position', { n: at + 1, total: last + 1 })}
      />
      <div className={p.scene} aria-live="polite">
        <ActionIcon size="lg" aria-label={t('scenarios.back')} disabled={at === 0} onClick={() => go(-1)}>
          <IconArrowLeft size={20} />
        </ActionIcon>
        <div>
          {step && <small>{map.steps.find((each) => each.id === step)?.label ?? step}</small>}
          {at === 0 && scenario.given.length > 0 && <p className={p.given}>{scenario.given.join(' · ')}</p>}
          <p className={p.when}>
            {t('scenarios.when')} {moment.when}
          </p>
          <ul>
            {moment.then.map((each, index) => {
              const check = played?.checks[index];
              return (
                <li key={index}>
                  {check && (
                    <Badge tone={check.green ? 'green' : 'red'}>
                      {t(check.green ? 'scenarios.green' : 'scenarios.red')}
                    </Badge>
                  )}{' '}
                  {t('scenarios.then')} {each}
                  {check?.reason && <em>{check.reason}</em>}
                </li>
              );
            })}
          </ul>
          {!played && <p className={p.given}>{t('story.notPlayed')}</p>}
        </div>
        <ActionIcon size="lg" aria-label={t('scenarios.next')} disabled={at === last} onClick={() => go(1)}>
          <IconArrowRight size={20} />
        </ActionIcon>
      </div>
    </section>
  );
}
