/** The changes of a plan, by theme, each with the place of the map that asks for it. */
import { Link } from '@tanstack/react-router';
import { Badge } from '@/design/ui';
import s from './PlanPage.module.css';
import type { Change } from './queries';
import { useTranslation } from './texts';

const THEMES = ['objects', 'fields', 'pipelines', 'stages', 'passages', 'roles', 'rules', 'promises'] as const;
const SIGNS = { add: ['+', 'green'], change: ['~', 'violet'], rename: ['~', 'violet'], remove: ['−', 'red'] } as const;

export function Changes({ changes }: { changes: Change[] }) {
  return THEMES.map((theme) => (
    <Theme key={theme} theme={theme} changes={changes.filter((each) => each.theme === theme)} />
  ));
}
function Theme({ theme, changes }: { theme: string; changes: Change[] }) {
  const { t } = useTranslation('blueprint');
  if (!changes.length) return null;
  return (
    <section>
      <h2>
        {t(`theme.${theme}`)} <small className="num">{changes.length}</small>
      </h2>
      <ul className={s.list}>
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
  const { origin } = change;
  return (
    <li>
      <Badge tone={tone} title={t(`action.${change.action}`)}>
        {sign}
      </Badge>
      <span>{change.say}</span>
      {change.destructive && <Badge tone="red">{t('destructive')}</Badge>}
      {change.records > 0 && <small>{t('records', { count: change.records })}</small>}
      {origin && (
        <small>
          <Link to="/cartes/$id" params={{ id: origin.map_id ?? '' }} search={{ element: origin.element }}>
            {t('from', { map: origin.map })}
          </Link>
        </small>
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
