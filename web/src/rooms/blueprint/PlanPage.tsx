/** What the published maps would change, in sentences, before anything changes; and what was changed before. */
import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Refused } from '@/design/Refused';
import { Await, Empty } from '@/design/states';
import { Applying } from './Applying';
import { Changes } from './Changes';
import { Configuration } from './Configuration';
import { Confirm } from './Confirm';
import { Fates } from './Fates';
import { History } from './History';
import s from './PlanPage.module.css';
import { Sandbox } from './Sandbox';
import { Scenarios, unproven } from './Scenarios';
import { useApply, useApplying } from './applying';
import { type Choices, choicesOf, usePlan } from './queries';
import { useTranslation } from './texts';

const Local = lazy(() => import('./Local'));
const LAST_PHASE = 3;
export function PlanPage() {
  const { t } = useTranslation('blueprint');
  const { phase } = useSearch({ strict: false }) as { phase?: number };
  const plan = usePlan(phase);
  const [targets, setTargets] = useState<Choices>({});
  const [confirming, confirm] = useDisclosure(false);
  const { may, sandbox: inside } = useSession();
  const mayApply = may.apply ?? false;
  const { work, live, watch } = useApplying(mayApply);
  const apply = useApply(watch);
  const known = plan.data;
  const fates = known ? choicesOf(known, targets) : {};
  const held = known ? unproven(known).length > 0 && !known.may_override : false;
  const homeless = known?.fates.some((fate) => fate.no_place && !fates[fate.stage]) ?? false;
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {mayApply && <Configuration mayOverride={known?.may_override ?? false} work={work} onAsked={watch} />}
        {known && !known.empty && mayApply && (
          <Button
            disabled={live || homeless || held || known.problems.length > 0}
            loading={apply.isPending}
            onClick={confirm.open}
          >
            {t('apply')}
          </Button>
        )}
      </PageHead>
      <div className={s.scroll}>
        {work && <Applying work={work} />}
        <Await query={plan}>
          {(data) => (
            <>
              {data.phase < LAST_PHASE && (
                <Alert color="lapis" variant="light" role="status" flex="none">
                  {t('limited', { n: data.phase })}
                </Alert>
              )}
              {data.problems.length > 0 && (
                <Refused title={t('problems')}>
                  <ul>
                    {data.problems.map((each) => (
                      <li key={`${each.where}${each.detail}`}>{each.detail}</li>
                    ))}
                  </ul>
                </Refused>
              )}
              {data.empty && (
                <Empty icon={<IconCircleCheck size={30} stroke={1.3} />} title={t('empty')}>
                  {t('emptyLead')}
                </Empty>
              )}
              {!data.empty && <Scenarios plan={data} />}
              {mayApply && !data.empty && data.problems.length === 0 && !inside && <Sandbox fates={fates} />}
              <Changes changes={data.changes} />
              <Fates fates={data.fates} targets={fates} onChange={setTargets} />
              {homeless && <p className={s.warn}>{t('homeless')}</p>}
            </>
          )}
        </Await>
        <History mayUndo={mayApply && !live} onAsked={watch} />
        {mayApply && !inside && (
          <Suspense>
            <Local />
          </Suspense>
        )}
      </div>
      {known && (
        <Confirm
          opened={confirming}
          plan={known}
          busy={apply.isPending}
          onClose={confirm.close}
          onApply={(motive) => apply.mutate({ plan: known, fates, motive }, { onSettled: confirm.close })}
        />
      )}
    </>
  );
}
