/** One import, step by step: columns, ways of writing, preview, what was done and how to undo it. */
import { Stepper } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { Busy } from '@/design/DropZone';
import { PageHead } from '@/design/PageHead';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { Columns } from './Columns';
import { Done } from './Done';
import s from './Imports.module.css';
import { Preview } from './Preview';
import { type Import, isMoving, useAct, useImport } from './queries';
import { Same } from './Same';
import { useTranslation } from './texts';

const STEPS = ['colonnes', 'rapprochements', 'apercu', 'bilan'] as const;
export type Step = (typeof STEPS)[number];

export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <Await query={useImport(id)}>{(known) => <Screen one={known} />}</Await>;
}
/** Where the work itself has come to; a person may go back before anything is written. */
function reached(one: Import, passed: boolean): Step {
  if (['importing', 'imported', 'stopped', 'undoing', 'undone'].includes(one.state)) return 'bilan';
  if (one.state === 'columns' || !one.report) return 'colonnes';
  return one.report.unknown.length && !passed ? 'rapprochements' : 'apercu';
}
function Screen({ one }: { one: Import }) {
  const { t } = useTranslation('connectors');
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find(({ name }) => name === one.object);
  const { etape } = useSearch({ strict: false }) as { etape?: Step };
  const navigate = useNavigate();
  const [passed, setPassed] = useState(false);
  const furthest = reached(one, passed);
  const step = etape && STEPS.indexOf(etape) < STEPS.indexOf(furthest) && furthest !== 'bilan' ? etape : furthest;
  const go = (to?: Step) =>
    void navigate({ to: '/imports/$id', params: { id: one.id }, search: to ? { etape: to } : {} });
  const cancel = useAct(() => http.post(`/api/imports/${one.id}/cancel`));
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="imports" to="/imports">
            {t('title')}
          </Link>,
          one.name,
        ]}
      />
      <div className={w.scroll}>
        <Stepper
          className={s.steps}
          size="xs"
          active={STEPS.indexOf(step)}
          onStepClick={(index) => go(STEPS[index])}
          aria-label={t('steps')}
        >
          {STEPS.map((each, index) => (
            <Stepper.Step
              key={each}
              label={t(`step.${each}`)}
              allowStepSelect={furthest !== 'bilan' && index < STEPS.indexOf(furthest)}
            />
          ))}
        </Stepper>
        <Refused mx="md" title={t('failed')}>
          {one.error}
        </Refused>
        {isMoving(one.state) ? (
          <Busy
            title={one.message || t(`states.${one.state}`)}
            share={one.progress ?? 0}
            onCancel={() => cancel.mutate(undefined)}
          />
        ) : (
          <>
            {object && step === 'colonnes' && <Columns key={one.sheet} one={one} object={object} onDone={() => go()} />}
            {object && step === 'rapprochements' && (
              <Same one={one} object={object} onPass={() => (setPassed(true), go())} />
            )}
            {object && step === 'apercu' && <Preview one={one} object={object} onBack={() => go('colonnes')} />}
            {step === 'bilan' && <Done one={one} plural={say(object?.plural)} />}
          </>
        )}
      </div>
    </>
  );
}
