/** The panel beside the map: what is measured and what is defined, of the selected element. */
import { ActionIcon, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useSchema } from '@/client/blueprint';
import type { MapDoc, OverlayAnswer, Passage, Step } from '@/client/maps';
import { tint } from '@/design/ui';
import w from '@/design/work.module.css';
import { testables } from '@/fields/conditions/model';
import { Discussions } from '@/threads/Discussions';
import { openByElement, useThreads } from '@/threads/queries';
import { TermsUsed } from '@/words/TermsUsed';
import s from './Maps.module.css';
import { kindOf } from './kinds';
import { Measured } from './Measured';
import { newFields } from './model';
import { PassagePanel } from './PassagePanel';
import { StepForm } from './StepForm';
import { StepSaid } from './StepSaid';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  id: string;
  mapId: string;
  /** Whether the discussions are what is looked for. */
  talk: boolean;
  map: MapDoc;
  editor: Editor;
  overlay: OverlayAnswer | undefined;
  log: string | null;
  editable: boolean;
  onClose: () => void;
  onRemove: () => void;
}
export default function Inspector({ id, mapId, talk, map, editor, overlay, log, editable, onClose, onRemove }: Props) {
  const { t, i18n } = useTranslation('maps');
  const [tab, setTab] = useState<string | null>(talk ? 'discussions' : null);
  const said = openByElement(useThreads(mapId).threads).get(id) ?? 0;
  const schema = useSchema().data;
  const fields = schema?.objects.find((each) => each.uid === map.subject)?.fields ?? [];
  const known = testables(schema, map.subject, i18n.language);
  const brought = newFields(map)
    .filter((each) => !known.some((other) => other.name === each.id))
    .map((each) => ({ name: each.id, label: each.label, type: each.type ?? 'text', choices: [] }));
  const tests = [...brought, ...known];
  const step = map.steps.find((each) => each.id === id);
  const passage = map.passages.find((each) => each.id === id);
  const lane = map.lanes.find((each) => each.id === step?.lane);
  if (!step && !passage) return null;
  return (
    <aside className={w.inspector} aria-label={step?.label ?? t('passage.title')}>
      <div className={w.inspectorHead}>
        <span>
          {lane && <i className={s.laneDot} style={tint(lane.hue)} />}
          {lane?.label ?? t('passage.title')}
        </span>
        <h2>{step?.label ?? between(map, passage!)}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {step && <TermsUsed label={t('words')} texts={textsOf(step)} />}
      {step && (
        <Tabs value={tab ?? (overlay?.steps[step.id] ? 'measured' : 'definition')} onChange={setTab}>
          <Tabs.List>
            {kindOf(map).builds && <Tabs.Tab value="measured">{t('measured')}</Tabs.Tab>}
            <Tabs.Tab value="definition">{t('definition')}</Tabs.Tab>
            <Tabs.Tab value="discussions">
              {t('discussions')} {said || ''}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="measured">
            <Measured step={step} mapId={mapId} map={map} overlay={overlay} log={log} />
          </Tabs.Panel>
          <Tabs.Panel value="definition">
            {editable ? (
              <StepForm {...{ step, mapId, map, fields, tests, editor, onRemove }} />
            ) : (
              <StepSaid {...{ step, mapId, map, tests }} />
            )}
          </Tabs.Panel>
          <Tabs.Panel value="discussions">
            <Discussions map={mapId} element={id} />
          </Tabs.Panel>
        </Tabs>
      )}
      {passage && (
        <PassagePanel
          passage={passage}
          map={map}
          fields={fields}
          tests={tests}
          editor={editor}
          overlay={overlay}
          editable={editable}
          onRemove={onRemove}
        />
      )}
      {passage && (
        <section>
          <h3 className={w.title}>{t('discussions')}</h3>
          <Discussions map={mapId} element={id} />
        </section>
      )}
    </aside>
  );
}
/** What people read of a step, for the words of the glossary in it. */
const textsOf = (step: Step) => [
  step.label,
  step.description ?? '',
  ...[step.information, step.entry, step.exit, step.frictions].flatMap((each) =>
    (each ?? []).map(({ label }) => label),
  ),
];
const between = (map: MapDoc, passage: Passage) =>
  [passage.source, passage.target].map((id) => map.steps.find((each) => each.id === id)?.label ?? id).join(' → ');
