/** What is counted at a step, at a passage or on the whole map: how, which records, over which days, aimed at what, for whom. */
import { MultiSelect, NumberInput, Select, Switch, Textarea } from '@mantine/core';
import type { SchemaField } from '@/client/blueprint';
import { wordsOf } from '@/client/blueprint';
import type { MapDoc } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { kindOf, type Testable } from '@/fields/conditions/model';
import { Delay } from '../Delay';
import { Items } from '../Items';
import { newFields } from '../model';
import { useTranslation } from '../texts';
import type { Editor } from '../useEditor';
import { useRoles } from '../useRoles';
import { type DrawnMeasure, HOWS, NEEDS, measuresAt, measuresOf, PERIODS, withMeasures } from './measures';
import { Sentence } from './Sentence';

export interface MeasuresProps {
  /** The step or the passage; none: the whole map. */
  element: string | null;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
}
export default function Measures(props: MeasuresProps) {
  const { t } = useTranslation('maps');
  const { element, map, editor } = props;
  const taken = measuresOf(map).map((each) => each.id);
  return (
    <Items<DrawnMeasure>
      title={t(element === null ? 'measure.whole' : 'measure.title')}
      items={measuresAt(map, element)}
      taken={taken}
      onChange={(items) => editor.change((known) => withMeasures(known, element, items))}
    >
      {(item, change) => (
        <>
          <Sentence id={item.id} map={map} />
          <details>
            <summary>{t('measure.how')}</summary>
            <Counted {...props} item={item} change={change} />
            <Watched {...props} item={item} change={change} />
          </details>
        </>
      )}
    </Items>
  );
}
interface OneProps extends MeasuresProps {
  item: DrawnMeasure;
  change: (next: Partial<DrawnMeasure>) => void;
}
/** What another way of counting does not ask for. */
const EMPTIED = { field: null, until: null, working: false, within: null };

/** Which records are counted, and what of them. */
function Counted({ item, change, map, fields, tests }: OneProps) {
  const { t, i18n } = useTranslation('maps');
  const known = [
    ...fields.map(({ uid, label, type }) => ({ value: uid, label: wordsOf(label, i18n.language), type })),
    ...newFields(map).map(({ id, label, type }) => ({ value: id, label, type: type ?? 'text' })),
  ];
  const once = [...new Map(known.map((each) => [each.value, each])).values()];
  const of = (...kinds: string[]) => once.filter(({ type }) => kinds.includes(kindOf(type)));
  const dates = of('date', 'datetime');
  const stages = map.steps.filter(({ kind }) => kind !== 'gateway').map(({ id, label }) => ({ value: id, label }));
  const how = item.how ?? 'count';
  const needs = NEEDS[how];
  return (
    <>
      <Select
        size="xs"
        label={t('measure.by')}
        allowDeselect={false}
        data={HOWS.map((value) => ({ value, label: t(`measure.${value}`) }))}
        value={how}
        onChange={(next) => next && change({ how: next as DrawnMeasure['how'], ...EMPTIED })}
      />
      {needs.includes('field') && (
        <Select
          size="xs"
          label={t(how === 'time' ? 'measure.from' : 'measure.field')}
          searchable
          data={how === 'time' ? dates : of('number')}
          value={item.field ?? null}
          onChange={(field) => change({ field })}
        />
      )}
      {needs.includes('until') && (
        <Select
          size="xs"
          label={t('measure.until')}
          searchable
          data={dates}
          value={item.until ?? null}
          onChange={(until) => change({ until })}
        />
      )}
      {how === 'time' && (
        <Switch
          size="xs"
          mt={6}
          label={t('measure.working')}
          checked={item.working ?? false}
          onChange={(event) => change({ working: event.currentTarget.checked })}
        />
      )}
      <MultiSelect
        size="xs"
        label={t(how === 'conversion' ? 'measure.came' : 'measure.stages')}
        placeholder={item.stages?.length || how === 'conversion' ? '' : t('measure.anyStage')}
        data={stages}
        value={item.stages ?? []}
        onChange={(next) => change({ stages: next })}
      />
      <ConditionBuilder
        label={t('measure.condition')}
        object={map.subject}
        value={item.condition}
        fields={tests}
        onChange={(condition) => change({ condition })}
      />
      {how === 'conversion' && (
        <>
          <MultiSelect
            size="xs"
            label={t('measure.went')}
            data={stages}
            value={item.part_stages ?? []}
            onChange={(next) => change({ part_stages: next })}
          />
          <Delay label={t('measure.within')} value={item.within} onChange={(within) => change({ within })} />
        </>
      )}
      {needs.includes('part') && (
        <>
          <MultiSelect
            size="xs"
            label={t('measure.partStages')}
            data={stages}
            value={item.part_stages ?? []}
            onChange={(next) => change({ part_stages: next })}
          />
          <ConditionBuilder
            label={t('measure.part')}
            object={map.subject}
            value={item.part}
            fields={tests}
            onChange={(part) => change({ part })}
          />
        </>
      )}
      <Select
        size="xs"
        label={t('measure.period')}
        placeholder={t('measure.now')}
        clearable
        data={PERIODS.map((value) => ({ value, label: t(`measure.${value}`) }))}
        value={item.period ?? null}
        onChange={(period) => change({ period: period as DrawnMeasure['period'], ...(period ? {} : { dated: null }) })}
      />
      {item.period && how !== 'conversion' && (
        <Select
          size="xs"
          label={t('measure.dated')}
          searchable
          data={dates}
          value={item.dated ?? null}
          onChange={(dated) => change({ dated })}
        />
      )}
    </>
  );
}
/** What the figure means, who answers for it, what it aims at, who watches it. */
function Watched({ item, change, map }: OneProps) {
  const { t } = useTranslation('maps');
  const roles = useRoles(map).choices;
  return (
    <>
      <Textarea
        size="xs"
        label={t('measure.definition')}
        autosize
        minRows={2}
        maxLength={500}
        value={item.definition ?? ''}
        onChange={(event) => change({ definition: event.currentTarget.value })}
      />
      <NumberInput
        size="xs"
        label={t('measure.goal')}
        hideControls
        value={item.goal ?? ''}
        onChange={(goal) => change({ goal: goal === '' ? null : Number(goal) })}
      />
      <Select
        size="xs"
        label={t('measure.better')}
        allowDeselect={false}
        data={(['higher', 'lower'] as const).map((value) => ({ value, label: t(`measure.${value}`) }))}
        value={item.better ?? 'higher'}
        onChange={(better) => change({ better: better as DrawnMeasure['better'] })}
      />
      <Select
        size="xs"
        label={t('measure.owner')}
        clearable
        data={roles}
        value={item.owner ?? null}
        onChange={(owner) => change({ owner })}
      />
      <MultiSelect
        size="xs"
        label={t('measure.roles')}
        data={roles}
        value={item.roles ?? []}
        onChange={(next) => change({ roles: next })}
      />
    </>
  );
}
