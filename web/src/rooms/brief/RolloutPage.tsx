/** The rollout: what each phase switches on and needs, what is worth most, who uses it; a phase is applied as a plan. */
import { Alert, Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { answer, api, type Shape } from '@/client/api';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge } from '@/design/ui';
import s from './Rollout.module.css';
import { useTranslation } from './texts';

type Rollout = Shape<'RolloutOut'>;
type Phase = Shape<'PhaseOut'>;
type Step = Shape<'FunctionOut'>;
const useRollout = () => useQuery({ queryKey: ['rollout'], queryFn: () => answer(api.GET('/api/rollout')) });

export function RolloutPage() {
  const { t } = useTranslation('brief');
  const rollout = useRollout();
  const { vue } = useSearch({ strict: false }) as { vue?: 'valeur' };
  const navigate = useNavigate();
  return (
    <>
      <PageHead crumbs={[t('rollout.title')]}>
        <SegmentedControl
          aria-label={t('rollout.view')}
          value={vue ?? 'phases'}
          onChange={(value) =>
            void navigate({ to: '.', search: { vue: value === 'valeur' ? value : undefined } as never, replace: true })
          }
          data={['phases', 'valeur'].map((value) => ({ value, label: t(`rollout.${value}`) }))}
        />
      </PageHead>
      <div className={s.scroll} tabIndex={0} role="region" aria-label={t('rollout.title')}>
        <Await query={rollout}>
          {(data) =>
            data.phases.every((each) => each.functions.length === 0) ? (
              <Empty icon={<IconStack2 size={30} stroke={1.3} />} title={t('empty')}>
                {t('emptyLead')}
              </Empty>
            ) : vue === 'valeur' ? (
              <Ranking rollout={data} />
            ) : (
              <div className={s.phases}>
                {data.phases.map((each) => (
                  <PhaseCard key={each.n} phase={each} reached={data.reached} />
                ))}
              </div>
            )
          }
        </Await>
      </div>
    </>
  );
}
function PhaseCard({ phase, reached }: { phase: Phase; reached: number }) {
  const { t } = useTranslation('brief');
  const mayApply = useSession().may.apply ?? false;
  const maps = [...new Map(phase.functions.map((each) => [each.map_id, each.map]))];
  return (
    <section className={s.phase} aria-labelledby={`phase-${phase.n}`}>
      <header>
        <h2 id={`phase-${phase.n}`}>{t('phase', { n: phase.n })}</h2>
        {phase.in_force && <Badge tone="green">{t('rollout.inForce')}</Badge>}
        {mayApply && phase.n !== reached && (
          <Button component={Link} to="/plan" search={{ phase: phase.n } as never} variant="default" size="xs">
            {t(phase.n > reached ? 'rollout.plan' : 'rollout.back', { n: phase.n })}
          </Button>
        )}
      </header>
      {phase.needs.length > 0 && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle size={16} />} title={t('rollout.needs')}>
          <ul>
            {phase.needs.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Alert>
      )}
      {phase.functions.length === 0 && <p className={s.quiet}>{t('rollout.nothing')}</p>}
      {maps.map(([id, title]) => (
        <div key={id}>
          <h3>{title}</h3>
          <ul className={s.steps}>
            {phase.functions
              .filter((each) => each.map_id === id)
              .map((each) => (
                <li key={each.element}>
                  <OnMap step={each} />
                  <small>{used(each, t)}</small>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {Object.entries(phase.brings).map(([theme, said]) => (
        <details key={theme} className={s.brings}>
          <summary>{t(`rollout.brings.${theme}`, { count: said.length })}</summary>
          <ul>
            {said.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
type Say = ReturnType<typeof useTranslation>['t'];
const used = ({ adoption }: Step, t: Say) =>
  adoption && t(adoption.records ? 'rollout.used' : 'rollout.unused', { ...adoption, count: adoption.records });

function OnMap({ step }: { step: Step }) {
  return (
    <Link to="/cartes/$id" params={{ id: step.map_id }} search={{ element: step.element } as never}>
      {step.label}
    </Link>
  );
}
const COLUMNS = ['step', 'level', 'irritants', 'people', 'now', 'proposed'] as const;
/** Every step, what answers most first; a phase that differs from the one proposed stands out. */
function Ranking({ rollout }: { rollout: Rollout }) {
  const { t } = useTranslation('brief');
  const steps = rollout.phases
    .flatMap((each) => each.functions)
    .sort((one, two) => two.worth - one.worth || two.people - one.people);
  return (
    <>
      <p className={s.lead}>{t('rollout.rankLead')}</p>
      <table className={s.table}>
        <thead>
          <tr>
            {COLUMNS.map((each) => (
              <th key={each} scope="col">
                {t(`rollout.col.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((each) => (
            <tr key={each.map_id + each.element}>
              <td>
                <OnMap step={each} />
                <small>{each.map}</small>
              </td>
              <td data-label={t('rollout.col.level')}>{t(`level.${each.level}`)}</td>
              <td data-label={t('rollout.col.irritants')} title={each.answers.join(' · ')}>
                {each.answers.length}
              </td>
              <td data-label={t('rollout.col.people')}>{each.people}</td>
              <td data-label={t('rollout.col.now')}>{each.phase}</td>
              <td data-label={t('rollout.col.proposed')}>
                <Badge tone={each.proposed === each.phase ? 'neutral' : 'amber'}>{each.proposed}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
