/** What becomes of the records in flight: they stay, they lack something, or somebody chooses where they go. */
import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Badge } from '@/design/ui';
import s from './PlanPage.module.css';
import type { Choices, Fate } from './queries';
import { useTranslation } from './texts';

interface Props {
  fates: Fate[];
  targets: Choices;
  onChange: (targets: Choices) => void;
}
export function Fates({ fates, targets, onChange }: Props) {
  const { t } = useTranslation('blueprint');
  if (!fates.length) return null;
  const sum = (count: (fate: Fate) => number) => fates.reduce((total, fate) => total + count(fate), 0);
  const all = sum((fate) => fate.records);
  const homeless = sum((fate) => (fate.no_place ? fate.records : 0));
  const incomplete = sum((fate) => (fate.no_place ? 0 : fate.incomplete));
  return (
    <section>
      <h2>{t('fates')}</h2>
      <p>{t('fatesSaid', { all, stay: all - homeless, incomplete, homeless })}</p>
      <ul className={s.list}>
        {fates
          .filter((fate) => fate.no_place || fate.incomplete > 0)
          .map((fate) => (
            <li key={`${fate.pipeline}.${fate.stage}`}>
              <Badge tone={fate.no_place ? 'red' : 'amber'}>
                {t('records', { count: fate.no_place ? fate.records : fate.incomplete })}
              </Badge>
              <span>{fate.label}</span>
              <small>
                <Link to="/fiches/$object" params={{ object: fate.object }} search={{ si: conditionOf(fate) } as never}>
                  {t('see')}
                </Link>
              </small>
              {fate.no_place ? (
                <NativeSelect
                  size="xs"
                  aria-label={`${t('target')} – ${fate.label}`}
                  data={[
                    { value: '', label: t('choose') },
                    ...fate.targets.map((each) => ({ value: each.uid, label: each.label })),
                  ]}
                  value={targets[fate.stage] ?? ''}
                  onChange={(event) => onChange({ ...targets, [fate.stage]: event.currentTarget.value })}
                />
              ) : (
                <small>{t('incomplete', { missing: fate.missing.join(', ') })}</small>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
/** Which records a line is about, as the list of their object filters them. */
function conditionOf(fate: Fate) {
  const here = (['pipeline', 'stage'] as const).map((field) =>
    fate[field] ? { field, test: 'equals', value: fate[field] } : { field, test: 'empty' },
  );
  const lacking = fate.no_place ? [] : fate.lacking.map((field) => ({ field, test: 'empty' }));
  return { all: lacking.length > 0 ? [...here, { any: lacking }] : here };
}
