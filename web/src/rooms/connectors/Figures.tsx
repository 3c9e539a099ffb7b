/** How many lines went which way. */
import { integer } from '@/lib/format';
import s from './Imports.module.css';
import type { Counts } from './queries';
import { useTranslation } from './texts';

const SHOWN = ['lines', 'create', 'update', 'skip', 'refused'] as const;

export function Figures({ counts }: { counts: Counts }) {
  const { t } = useTranslation('connectors');
  const shown = [
    ...SHOWN,
    ...(counts.left_out ? (['left_out'] as const) : []),
    ...(counts.linked ? (['linked'] as const) : []),
  ];
  return (
    <dl className={s.figures}>
      {shown.map((name) => (
        <div key={name} data-tone={name === 'refused' && counts.refused ? 'red' : undefined}>
          <dt>{t(`fates.${name}`)}</dt>
          <dd>{integer(counts[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
