/** What a step is: its name, its nature, who plays it, when. */
import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { MapDoc, Step } from '@/client/maps';
import { kindsOf, nameOfKind, shows } from './kinds';
import { addLane, addPhase, changeStep } from './model';
import { PickOrAdd } from './PickOrAdd';
import { Standing } from './Standing';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  step: Step;
  map: MapDoc;
  editor: Editor;
  set: (change: Partial<Step>) => void;
}
export function Basics({ step, map, editor, set }: Props) {
  const { t } = useTranslation('maps');
  const kinds = kindsOf(map, step.kind);
  const add = (what: 'lane' | 'phase') => (label: string) =>
    editor.change((known) => {
      const added = what === 'lane' ? addLane(known, label) : addPhase(known, label);
      return changeStep(added.map, step.id, { [what]: added.id });
    });
  return (
    <>
      <TextInput
        label={t('step.label')}
        value={step.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        id="step-label"
        data-step={step.id}
      />
      {kinds.length > 1 && (
        <Select
          label={t('step.kind')}
          allowDeselect={false}
          data={kinds.map((kind) => ({ value: kind, label: nameOfKind(t, map, kind) }))}
          value={step.kind}
          onChange={(kind) => kind && set({ kind: kind as Step['kind'] })}
        />
      )}
      {shows(map, 'ground') && (
        <>
          <PickOrAdd
            label={t(map.kind === 'stakeholder' ? 'step.unit' : 'step.lane')}
            items={map.lanes}
            value={step.lane}
            onPick={(lane) => set({ lane })}
            onAdd={add('lane')}
          />
          <PickOrAdd
            label={t(map.kind === 'stakeholder' ? 'step.level' : 'step.phase')}
            items={map.phases}
            value={step.phase}
            onPick={(phase) => set({ phase })}
            onAdd={add('phase')}
          />
        </>
      )}
      {shows(map, 'probability') && (
        <NumberInput
          label={t('step.probability')}
          min={0}
          max={100}
          value={step.probability ?? ''}
          onChange={(value) => set({ probability: value === '' ? null : Number(value) })}
        />
      )}
      {shows(map, 'begins') && (
        <Switch
          label={t('step.begins')}
          checked={step.begins ?? false}
          onChange={(event) => set({ begins: event.currentTarget.checked })}
        />
      )}
      {shows(map, 'person') && (step.kind === 'task' || step.kind === 'contact') && <Standing step={step} set={set} />}
      <Textarea
        label={t('step.description')}
        autosize
        minRows={2}
        value={step.description ?? ''}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </>
  );
}
