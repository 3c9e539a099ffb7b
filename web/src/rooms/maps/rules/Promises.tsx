/** The times promised on the records of a map: how fast, for which records, who is told when the time is over. */
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import type { Condition, Duration, MapDoc } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Delay } from '../Delay';
import { Items } from '../Items';
import { useTranslation } from '../texts';
import type { Editor } from '../useEditor';
import { useRoles } from '../useRoles';
import { Sentence } from './Sentence';

interface Drawn {
  id: string;
  label: string;
  measure: string;
  target: Duration;
  condition?: Condition | null;
  warn_at?: number;
  escalate?: string[];
}
const MEASURES = ['pick_up', 'first_response', 'next_response', 'resolution'];
const DAY: Duration = { amount: 1, unit: 'working_days' };

export function Promises({ map, tests, editor }: { map: MapDoc; tests: Testable[]; editor: Editor }) {
  const { t } = useTranslation('maps');
  const roles = useRoles(map).choices;
  const keep = (items: Drawn[]) =>
    editor.change((known) => ({
      ...known,
      promises: items.map((each) => ({ ...each, measure: each.measure ?? 'resolution', target: each.target ?? DAY })),
    }));
  return (
    <Items<Drawn> title={t('promise.title')} items={map.promises as Drawn[] | undefined} onChange={keep}>
      {(item, change) => (
        <>
          <Sentence id={item.id} map={map} />
          <Select
            size="xs"
            label={t('promise.measure')}
            allowDeselect={false}
            data={MEASURES.map((value) => ({ value, label: t(`promise.${value}`) }))}
            value={item.measure}
            onChange={(measure) => measure && change({ measure })}
          />
          <Delay
            label={t('promise.target')}
            value={item.target}
            onChange={(target) => change({ target: target ?? DAY })}
          />
          <ConditionBuilder
            label={t('promise.condition')}
            object={map.subject}
            value={item.condition}
            fields={tests}
            onChange={(condition) => change({ condition })}
          />
          <NumberInput
            size="xs"
            label={t('promise.warn')}
            min={1}
            max={99}
            suffix=" %"
            value={item.warn_at ?? 80}
            onChange={(warn_at) => change({ warn_at: Math.min(99, Math.max(1, Number(warn_at) || 80)) })}
          />
          <MultiSelect
            size="xs"
            label={t('promise.escalate')}
            data={roles}
            value={item.escalate ?? []}
            onChange={(escalate) => change({ escalate })}
          />
        </>
      )}
    </Items>
  );
}
