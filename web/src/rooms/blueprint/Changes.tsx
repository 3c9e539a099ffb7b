/** The changes of a plan, by theme or by wave, each with the place of the map that asks for it and why. */
import { Link } from '@tanstack/react-router';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Badge } from '@/design/ui';
import s from './PlanPage.module.css';
import type { Change } from './queries';
import { useTranslation } from './texts';

const THEMES = [
  'objects',
  'fields',
  'pipelines',
  'stages',
  'passages',
  'roles',
  'rules',
  'promises',
  'approvals',
  'measures',
  'boards',
  'local',
] as const;
const SIGNS = { add: ['+', 'green'], change: ['~', 'violet'], rename: ['~', 'violet'], remove: ['−', 'red'] } as const;

const WAVES = [1, 2, 3] as const;
const waveOf = (change: Change) => change.reason?.phase ?? 1;

export function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation('blueprint');
  const [by, setBy] = useState('theme');
  if (!changes.length) return null;
  const groups =
    by === 'theme'
      ? THEMES.map((theme) => [t(`theme.${theme}`), changes.filter((each) => each.theme === theme)] as const)
      : WAVES.map((wave) => [t(`wave.${wave}`), changes.filter((each) => waveOf(each) === wave)] as const);
  return (
    <>
      <div className={s.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('by.label')}
          data={['theme', 'wave'].map((value) => ({ value, label: t(`by.${value}`) }))}
          value={by}
          onChange={setBy}
        />
        <small>{t('takenBack')}</small>
      </div>
      {groups.map(([title, listed]) => (
        <Group key={title} title={title} changes={listed} />
      ))}
    </>
  );
}
function Group({ title, changes }: { title: string; changes: Change[] }) {
  if (!changes.length) return null;
  return (
    <section>
      <h2>
        {title} <small className="num">{changes.length}</small>
      </h2>
      <ul className={`${s.list} ${s.changes}`}>
        {changes.map((change) => (
          <Line key={`${change.uid}${change.say}`} change={change} />
        ))}
      </ul>
    </section>
  );
}
function Line({ change }: { change: Change }) {
  const { t } = useTranslation('blueprint');
  const [sign, tone] = SIGNS[change.action];
  const { reason } = change;
  return (
    <li>
      <Badge tone={tone} title={t(`action.${change.action}`)}>
        {sign}
      </Badge>
      <span>{change.say}</span>
      {change.destructive && <Badge tone="red">{t('destructive')}</Badge>}
      {change.records > 0 && <small>{t('records', { count: change.records })}</small>}
      {change.listed && (
        <small>
          <Link to="/fiches/$object" params={{ object: change.listed.object }} search={{ si: change.listed.condition }}>
            {t('see')}
          </Link>
        </small>
      )}
      {!change.reversible && <small title={t('lastsLead')}>{t('lasts')}</small>}
      {reason && (
        <small>
          <Link
            to="/cartes/$id"
            params={{ id: reason.map_id }}
            search={reason.element ? { element: reason.element } : {}}
          >
            {t('from', { map: reason.map })}
          </Link>
        </small>
      )}
      {reason && reason.irritants.length > 0 && (
        <p className={s.why}>{t('answers', { irritants: reason.irritants.join(' · ') })}</p>
      )}
      {change.details.length > 0 && (
        <ul className={s.details}>
          {change.details.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {change.warn && <p className={s.warn}>{change.warn}</p>}
    </li>
  );
}
