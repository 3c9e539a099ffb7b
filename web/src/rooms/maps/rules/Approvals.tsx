/** What has to be agreed before a record leaves a step: which records, who decides, when they are reminded. */
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import type { Condition, Duration, MapDoc, Step } from '@/client/maps';
import { Badge } from '@/design/ui';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Delay } from '../Delay';
import { Items } from '../Items';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import { Sentence } from './Sentence';

export interface DrawnApproval {
  id: string;
  label: string;
  condition?: Condition | null;
  approvers?: string[];
  remind_after?: Duration;
}
interface Props {
  step: Step;
  map: MapDoc;
  tests: Testable[];
  onChange: (approvals: DrawnApproval[]) => void;
}
const HIERARCHY = 'hierarchy';
const TWO_DAYS: Duration = { amount: 2, unit: 'working_days' };
export const approvalsOf = (step: Step) => (step.approvals as DrawnApproval[] | undefined) ?? [];

export function Approvals({ step, map, tests, onChange }: Props) {
  const { t } = useTranslation('maps');
  const roles = useRoles(map).choices;
  const taken = map.steps.flatMap(approvalsOf).map((each) => each.id);
  return (
    <>
      <Items<DrawnApproval> title={t('approval.title')} items={approvalsOf(step)} taken={taken} onChange={onChange}>
        {(item, change) => (
          <>
            <Sentence id={item.id} map={map} />
            <ConditionBuilder
              label={t('approval.condition')}
              object={map.subject}
              value={item.condition}
              fields={tests}
              onChange={(condition) => change({ condition })}
            />
            <MultiSelect
              size="xs"
              label={t('approval.approvers')}
              data={[{ value: HIERARCHY, label: t('approval.hierarchy') }, ...roles]}
              value={item.approvers ?? [HIERARCHY]}
              onChange={(approvers) => change({ approvers: approvers.length ? approvers : [HIERARCHY] })}
            />
            <Delay
              label={t('approval.remind')}
              value={item.remind_after ?? TWO_DAYS}
              onChange={(span) => change({ remind_after: span ?? TWO_DAYS })}
            />
          </>
        )}
      </Items>
      <WaitingHere step={step} />
    </>
  );
}
/** How many records of the step wait for a decision now. */
export function WaitingHere({ step }: { step: Step }) {
  const { t } = useTranslation('maps');
  const drawn = approvalsOf(step).length > 0;
  const waiting = useQuery({
    queryKey: ['approvals', 'stages'],
    enabled: drawn,
    queryFn: () => answer(api.GET('/api/approvals/stages')),
  }).data;
  const count = waiting?.[step.id] ?? 0;
  return drawn && count > 0 ? <Badge tone="amber">{t('approval.waiting', { count })}</Badge> : null;
}
