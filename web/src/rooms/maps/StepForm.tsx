/** The definition of a step: what it is, what it needs, and what must be true to enter and to leave it. */
import { Fragment, lazy, type ReactNode, Suspense } from 'react';
import type { SchemaField } from '@/client/blueprint';
import type { Criterion, Friction, Information, MapDoc, Step } from '@/client/maps';
import w from '@/design/work.module.css';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Basics } from './Basics';
import { Completeness } from './Completeness';
import { Delay } from './Delay';
import { Duty, Weight } from './Duty';
import { Feeling, Notes, Signals, Touchpoints } from './Experience';
import { FrictionOf } from './FrictionOf';
import { InformationOf } from './InformationOf';
import { Items } from './Items';
import { kindOf, type Section } from './kinds';
import { changeStep, storiesOf } from './model';
import { RemoveButton } from './RemoveButton';
import { Approvals } from './rules/Approvals';
import { Automatics } from './rules/Automatics';
import type { Automatic } from './rules/model';
import { Promises } from './rules/Promises';
import { SubMaps } from './SubMaps';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const Measures = lazy(() => import('./rules/Measures'));

interface Props {
  step: Step;
  mapId: string;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
  onRemove: () => void;
}
export function StepForm({ step, mapId, map, fields, tests, editor, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const set = (change: Partial<Step>) => editor.change((known) => changeStep(known, step.id, change));
  const stories = storiesOf(map, step.id);
  const taken = map.steps.flatMap((each) => each.information ?? []).map((each) => each.id);
  const delays = step.delays ?? {};
  const criteria = (which: 'entry' | 'exit') => (
    <Items<Criterion> title={t(which)} items={step[which]} onChange={(next) => set({ [which]: next })}>
      {(item, change) => (
        <ConditionBuilder
          label={item.label}
          object={map.subject}
          value={item.condition}
          fields={tests}
          onChange={(condition) => change({ condition })}
        />
      )}
    </Items>
  );
  const parts: Partial<Record<Section, () => ReactNode>> = {
    duty: () => <Duty step={step} map={map} set={set} />,
    information: () => (
      <Items<Information>
        title={t('information')}
        items={step.information}
        taken={[...taken, ...fields.map((each) => each.name)]}
        onChange={(information) => set({ information })}
      >
        {(item, change) => <InformationOf item={item} fields={fields} change={change} />}
      </Items>
    ),
    documents: () => (
      <Notes title={t('documents')} items={step.documents} onChange={(documents) => set({ documents })} />
    ),
    systems: () => <Notes title={t('systems')} items={step.systems} onChange={(systems) => set({ systems })} />,
    delays: () => (
      <section aria-label={t('delays')}>
        <h3 className={w.title}>{t('delays')}</h3>
        {(['target', 'usual', 'maximum'] as const).map((which) => (
          <Delay
            key={which}
            label={t(`delay.${which}`)}
            value={delays[which]}
            onChange={(next) => set({ delays: { ...delays, [which]: next } })}
          />
        ))}
      </section>
    ),
    frictions: () => (
      <Items<Friction> title={t('frictions')} items={step.frictions} onChange={(frictions) => set({ frictions })}>
        {(item, change) => <FrictionOf item={item} change={change} />}
      </Items>
    ),
    entry: () => criteria('entry'),
    exit: () => criteria('exit'),
    contents: () => <Notes title={t('contents')} items={step.contents} onChange={(contents) => set({ contents })} />,
    automations: () => (
      <>
        <Automatics
          title={t('automations')}
          notes={step.automations as Automatic[] | undefined}
          map={map}
          tests={tests}
          onChange={(automations) => set({ automations })}
        />
        <Approvals step={step} map={map} tests={tests} onChange={(approvals) => set({ approvals })} />
        {step.begins && <Promises map={map} tests={tests} editor={editor} />}
      </>
    ),
    measures: () => (
      <Suspense>
        <Measures element={step.id} map={map} fields={fields} tests={tests} editor={editor} />
        {step.begins && <Measures element={null} map={map} fields={fields} tests={tests} editor={editor} />}
      </Suspense>
    ),
    scenarios: () => (
      <section aria-label={t('scenarios.title')}>
        <h3 className={w.title}>{t('scenarios.title')}</h3>
        <ul className={w.list}>
          {stories.map((each) => (
            <li key={each}>{each}</li>
          ))}
          {stories.length === 0 && <li>{t('noStory')}</li>}
        </ul>
      </section>
    ),
    touchpoints: () => <Touchpoints step={step} mapId={mapId} set={set} />,
    emotion: () => <Feeling emotion={step.emotion} onChange={(emotion) => set({ emotion })} />,
    signals: () => <Signals step={step} mapId={mapId} set={set} />,
    risks: () => <Notes title={t('risks')} items={step.risks} onChange={(risks) => set({ risks })} />,
    compliance: () => (
      <Notes title={t('compliance')} items={step.compliance} onChange={(compliance) => set({ compliance })} />
    ),
    weight: () => <Weight step={step} set={set} />,
    submaps: () => <SubMaps step={step} map={map} mapId={mapId} set={set} />,
  };
  return (
    <div className={w.panel}>
      <Completeness step={step} map={map} />
      <Basics step={step} map={map} editor={editor} set={set} />
      {kindOf(map).sections.map((each) => (
        <Fragment key={each}>{parts[each]?.()}</Fragment>
      ))}
      <RemoveButton label={t('step.remove')} onRemove={onRemove} />
    </div>
  );
}
