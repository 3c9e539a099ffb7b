/** One scenario: given, when, then, each with what came of it; walked through act by act on the map. */
import { Button, Group } from '@mantine/core';
import { IconPresentation } from '@tabler/icons-react';
import { useState } from 'react';
import type { Shape } from '@/client/api';
import { Badge } from '@/design/ui';
import s from './Story.module.css';
import { useTranslation } from './texts';

type Scenario = Shape<'ScenarioOut'>;
type Played = Shape<'PlayedOut'>;
interface Props {
  scenario: Scenario;
  green: boolean | null;
  onLight: (step: string | null) => void;
  onPresent: () => void;
  onEdit?: () => void;
  onRemove?: () => void;
}
export function Story({ scenario, green, onLight, onPresent, onEdit, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const [act, setAct] = useState<number | null>(null);
  const { outcome } = scenario;
  const walk = (next: number | null) => {
    setAct(next);
    onLight(next === null ? null : (outcome?.moments[next]?.step ?? null));
  };
  const last = (outcome?.moments.length ?? 0) - 1;
  return (
    <details className={s.story} open={green === false || undefined}>
      <summary>
        <Badge tone={green === null ? 'neutral' : green ? 'green' : 'red'}>
          {t(green === null ? 'scenarios.pending' : green ? 'scenarios.green' : 'scenarios.red')}
        </Badge>
        <span>{scenario.title}</span>
      </summary>
      {outcome && !outcome.green && (
        <p className={s.reason} role="alert">
          {outcome.reason}
          {outcome.step && (
            <Button size="compact-xs" variant="subtle" onClick={() => walk(outcome.failing)}>
              {t('scenarios.show')}
            </Button>
          )}
        </p>
      )}
      {scenario.problems.map((each) => (
        <p key={`${each.where}${each.detail}`} className={s.reason}>
          {each.detail}
        </p>
      ))}
      <Group gap={4}>
        <Button size="compact-xs" variant="default" leftSection={<IconPresentation size={13} />} onClick={onPresent}>
          {t('story.present')}
        </Button>
        {onEdit && (
          <Button size="compact-xs" variant="default" onClick={onEdit}>
            {t('story.change')}
          </Button>
        )}
        {onRemove && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
            {t('story.remove')}
          </Button>
        )}
      </Group>
      {last >= 0 && (
        <Group gap={4}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={act === null || act <= 0}
            onClick={() => walk((act ?? 0) - 1)}
          >
            {t('scenarios.back')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={act !== null && act >= last}
            onClick={() => walk(act === null ? 0 : act + 1)}
          >
            {t(act === null ? 'scenarios.walk' : 'scenarios.next')}
          </Button>
        </Group>
      )}
      <dl className={s.sides}>
        <dt>{t('as_is')}</dt>
        <dd>{scenario.today}</dd>
        <dt>{t('to_be')}</dt>
        <dd>{scenario.tomorrow}</dd>
      </dl>
      <ul className={s.given}>
        {scenario.given.map((each) => (
          <li key={each}>
            <b>{t('scenarios.given')}</b> {each}
          </li>
        ))}
      </ul>
      <ol className={s.acts}>
        {scenario.moments.map((each, index) => (
          <Act key={index} moment={each} played={outcome?.moments[index]} current={index === act} />
        ))}
      </ol>
    </details>
  );
}
interface ActProps {
  moment: Scenario['moments'][number];
  played: Played | undefined;
  current: boolean;
}
function Act({ moment, played, current }: ActProps) {
  const { t } = useTranslation('maps');
  return (
    <li aria-current={current ? 'step' : undefined} data-red={(played && !played.green) || undefined}>
      <b>{t('scenarios.when')}</b> {moment.when}
      {played && !played.green && played.refused && <small>{played.refused}</small>}
      {moment.then.length > 0 && (
        <ul>
          {moment.then.map((each, index) => {
            const check = played?.checks[index];
            return (
              <li key={index}>
                {check && (
                  <span
                    role="img"
                    aria-label={t(check.green ? 'scenarios.green' : 'scenarios.red')}
                    data-green={check.green}
                  >
                    {check.green ? '✓' : '✗'}
                  </span>
                )}
                <b>{t('scenarios.then')}</b> {each}
                {check?.reason && <small>{check.reason}</small>}
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
