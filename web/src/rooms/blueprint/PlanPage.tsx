/** What the published maps would change, in sentences, before anything changes; and what was changed before. */
import { ActionIcon, Alert, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck, IconDots, IconDownload, IconUpload } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Changes } from './Changes';
import { Confirm } from './Confirm';
import { Fates } from './Fates';
import { History } from './History';
import s from './PlanPage.module.css';
import { Sandbox } from './Sandbox';
import { Scenarios, unproven } from './Scenarios';
import { type Choices, choicesOf, useApply, useImport, usePlan } from './queries';
import { useTranslation } from './texts';

const LAST_PHASE = 3;
export function PlanPage() {
  const { t } = useTranslation('blueprint');
  const { phase } = useSearch({ strict: false }) as { phase?: number };
  const plan = usePlan(phase);
  const [targets, setTargets] = useState<Choices>({});
  const [confirming, confirm] = useDisclosure(false);
  const apply = useApply();
  const { may, sandbox: inside } = useSession();
  const mayApply = may.apply ?? false;
  const known = plan.data;
  const fates = known ? choicesOf(known, targets) : {};
  const held = known ? unproven(known).length > 0 && !known.may_override : false;
  const homeless = known?.fates.some((fate) => fate.no_place && !fates[fate.stage]) ?? false;
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {mayApply && <Configuration />}
        {known && !known.empty && mayApply && (
          <Button
            disabled={homeless || held || known.problems.length > 0}
            loading={apply.isPending}
            onClick={confirm.open}
          >
            {t('apply')}
          </Button>
        )}
      </PageHead>
      <div className={s.scroll}>
        <Await query={plan}>
          {(data) => (
            <>
              {data.phase < LAST_PHASE && (
                <Alert color="lapis" variant="light" role="status" flex="none">
                  {t('limited', { n: data.phase })}
                </Alert>
              )}
              {data.problems.length > 0 && (
                <Alert color="red" variant="light" title={t('problems')} role="alert">
                  <ul>
                    {data.problems.map((each) => (
                      <li key={`${each.where}${each.detail}`}>{each.detail}</li>
                    ))}
                  </ul>
                </Alert>
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
        <History mayUndo={mayApply} />
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

function Configuration() {
  const { t } = useTranslation('blueprint');
  const take = useImport();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('more')} loading={take.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href="/api/configuration" download leftSection={<IconDownload size={14} />}>
            {t('export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={14} />} onClick={() => input.current?.click()}>
            {t('import')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('import')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) take.mutate(file);
        }}
      />
    </>
  );
}
