/** The definition of a step: what it is, what it needs, and what must be true to enter and to leave it. */
import { Progress } from '@mantine/core';
import type { SchemaField } from '@/client/blueprint';
import type { Criterion, Friction, Information, MapDoc, Note, Step } from '@/client/maps';
import w from '@/design/work.module.css';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import { Basics } from './Basics';
import { Delay } from './Delay';
import { FieldOf } from './FieldOf';
import { Items } from './Items';
import { changeStep, completeness } from './model';
import { RemoveButton } from './RemoveButton';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  step: Step;
  map: MapDoc;
  fields: SchemaField[];
  tests: Testable[];
  editor: Editor;
  onRemove: () => void;
}
export function StepForm({ step, map, fields, tests, editor, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const set = (change: Partial<Step>) => editor.change((known) => changeStep(known, step.id, change));
  const { done, total } = completeness(step, map);
  const taken = map.steps.flatMap((each) => each.information ?? []).map((each) => each.id);
  const delays = step.delays ?? {};
  const criteria = (which: 'entry' | 'exit') => (
    <Items<Criterion> title={t(which)} items={step[which]} onChange={(next) => set({ [which]: next })}>
      {(item, change) => (
        <ConditionBuilder
          label={item.label}
          value={item.condition}
          fields={tests}
          onChange={(condition) => change({ condition })}
        />
      )}
    </Items>
  );
  return (
    <div className={w.panel}>
      <div>
        <small>{t('completeness', { done, total })}</small>
        <Progress value={(done / total) * 100} size={4} aria-label={t('completeness', { done, total })} />
      </div>
      <Basics step={step} map={map} editor={editor} set={set} />
      <Items<Information>
        title={t('information')}
        items={step.information}
        taken={[...taken, ...fields.map((each) => each.name)]}
        onChange={(information) => set({ information })}
      >
        {(item, change) => <FieldOf item={item} fields={fields} change={change} />}
      </Items>
      <Items<Note> title={t('documents')} items={step.documents} onChange={(documents) => set({ documents })} />
      <Items<Note> title={t('systems')} items={step.systems} onChange={(systems) => set({ systems })} />
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
      <Items<Friction> title={t('frictions')} items={step.frictions} onChange={(frictions) => set({ frictions })} />
      {criteria('entry')}
      {criteria('exit')}
      <Items<Note>
        title={t('contents')}
        items={step.contents as Note[] | undefined}
        onChange={(contents) => set({ contents })}
      />
      <RemoveButton label={t('step.remove')} onRemove={onRemove} />
    </div>
  );
}
