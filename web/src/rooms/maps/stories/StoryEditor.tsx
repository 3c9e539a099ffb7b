/** A scenario being written: today and tomorrow, people, what is there, acts in turn and what must then be true. */
import { ActionIcon, Button, Modal, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Shape } from '@/client/api';
import { useSchema, wordsOf } from '@/client/blueprint';
import type { MapDoc } from '@/client/maps';
import { Await } from '@/design/states';
import s from '../Maps.module.css';
import { idFrom } from '../model';
import { blank, type Filled } from '../rules/model';
import r from '../rules/Rules.module.css';
import { Values } from '../rules/Values';
import { WordFields } from '../rules/WordFields';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import { type Given, type Moment, namedIn, type Person, recordsOf, type Scenario } from './model';
import { useStory, useStoryGrammar } from './queries';
import { useStoryAsk } from './useStoryAsk';

interface Props {
  scenario: Scenario;
  map: MapDoc;
  onKeep: (scenario: Scenario) => void;
  onClose: () => void;
}
export default function StoryEditor(props: Props) {
  const { t } = useTranslation('maps');
  const grammar = useStoryGrammar();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('story.edit')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Await query={grammar}>{(known) => <Form {...props} grammar={known} />}</Await>
    </Modal>
  );
}
function Form({ scenario: known, map, grammar, onKeep, onClose }: Props & { grammar: Shape<'StoryGrammarOut'> }) {
  const { t } = useTranslation('maps');
  const [scenario, setScenario] = useState(known);
  const set = (change: Partial<Scenario>) => setScenario({ ...scenario, ...change });
  const told = useStory(map, scenario);
  const move = (index: number, moment: Moment | null) =>
    set({ moments: scenario.moments.flatMap((one, i) => (i !== index ? [one] : moment ? [moment] : [])) });
  return (
    <div className={r.dialog}>
      <TextInput
        label={t('story.title')}
        required
        value={scenario.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('story.kind')}
        data={(['use_case', 'training'] as const).map((each) => ({ value: each, label: t(`story.${each}`) }))}
        value={scenario.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as Scenario['kind'] })}
      />
      {(['today', 'tomorrow'] as const).map((side) => (
        <Textarea
          key={side}
          autosize
          label={t(`story.${side}`)}
          value={scenario[side]}
          onChange={(event) => set({ [side]: event.currentTarget.value })}
        />
      ))}
      <People scenario={scenario} map={map} onChange={(people) => set({ people })} />
      <Records scenario={scenario} map={map} onChange={(given) => set({ given })} />
      <section aria-label={t('story.acts')}>
        <h3>{t('story.acts')}</h3>
        {scenario.moments.map((each, index) => (
          <Act
            key={index}
            n={index + 1}
            moment={each}
            scenario={scenario}
            map={map}
            grammar={grammar}
            said={told.data?.moments[index]}
            onChange={(moment) => move(index, moment)}
          />
        ))}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() =>
            set({
              moments: [
                ...scenario.moments,
                { act: { do: 'wait', span: { amount: 1, unit: 'working_days' } }, then: [] },
              ],
            })
          }
        >
          {t('story.addAct')}
        </Button>
      </section>
      <div role="status">
        {told.isError && <p className={r.said}>{t('story.incomplete')}</p>}
        {told.data?.problems.map((each) => (
          <p key={each} className={r.wrong}>
            {each}
          </p>
        ))}
      </div>
      <div className={r.foot}>
        <Button variant="default" onClick={onClose}>
          {t('rule.cancel')}
        </Button>
        <Button disabled={!told.isSuccess || told.isPlaceholderData} onClick={() => onKeep(scenario)}>
          {t('story.keep')}
        </Button>
      </div>
    </div>
  );
}
interface PartProps<T> {
  scenario: Scenario;
  map: MapDoc;
  onChange: (items: T[]) => void;
}
function People({ scenario, map, onChange }: PartProps<Person>) {
  const { t } = useTranslation('maps');
  const roles = useRoles(map).choices;
  const put = (index: number, change: Partial<Person>) =>
    onChange(scenario.people.map((one, i) => (i === index ? { ...one, ...change } : one)));
  const add = () => {
    const name = t('story.somebody');
    const taken = [...scenario.people.map((each) => each.id), ...recordsOf(scenario).keys()];
    onChange([...scenario.people, { id: idFrom(name, taken), name, role: roles[0]?.value ?? 'sales' }]);
  };
  return (
    <section aria-label={t('story.people')}>
      <h3>{t('story.people')}</h3>
      {scenario.people.map((each, index) => (
        <div key={each.id} className={s.row}>
          <TextInput
            size="xs"
            aria-label={t('story.name')}
            value={each.name}
            onChange={(event) => put(index, { name: event.currentTarget.value })}
          />
          <Select
            size="xs"
            aria-label={t('story.role')}
            allowDeselect={false}
            data={roles}
            value={each.role}
            onChange={(role) => role && put(index, { role })}
          />
          <ActionIcon
            aria-label={`${t('remove')} – ${each.name}`}
            disabled={scenario.people.length === 1}
            onClick={() => onChange(scenario.people.filter((_, i) => i !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} onClick={add}>
        {t('story.addPerson')}
      </Button>
    </section>
  );
}
function Records({ scenario, map, onChange }: PartProps<Given>) {
  const { t, i18n } = useTranslation('maps');
  const objects = useSchema().data?.objects ?? [];
  const travels = objects.find((each) => each.uid === map.subject)?.name;
  const put = (index: number, change: Partial<Given>) =>
    onChange(scenario.given.map((one, i) => (i === index ? { ...one, ...change } : one)));
  const add = (object: string | null) => {
    if (!object) return;
    const taken = [...scenario.people.map((each) => each.id), ...recordsOf(scenario).keys()];
    onChange([
      ...scenario.given,
      {
        id: idFrom(object, taken),
        object,
        values: { name: t('story.something') },
        owner: scenario.people[0]?.id ?? null,
      },
    ]);
  };
  return (
    <section aria-label={t('story.given')}>
      <h3>{t('story.given')}</h3>
      {scenario.given.map((each, index) => (
        <div key={each.id} className={r.word}>
          <div className={s.row}>
            <b>
              {wordsOf(objects.find((one) => one.name === each.object)?.label ?? { fr: each.object }, i18n.language)}
            </b>
            <ActionIcon
              aria-label={`${t('remove')} – ${each.id}`}
              onClick={() => onChange(scenario.given.filter((_, i) => i !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          <Values
            object={each.object}
            by="name"
            named={namedIn(scenario)}
            value={each.values}
            onChange={(values) => put(index, { values })}
          />
          {each.object === travels && (
            <Select
              size="xs"
              label={t('story.stage')}
              clearable
              data={map.steps
                .filter((one) => one.kind !== 'gateway')
                .map((one) => ({ value: one.id, label: one.label }))}
              value={each.stage ?? null}
              onChange={(stage) => put(index, { stage })}
            />
          )}
          <Select
            size="xs"
            label={t('story.owner')}
            clearable
            data={scenario.people.map((one) => ({ value: one.id, label: one.name }))}
            value={each.owner ?? null}
            onChange={(owner) => put(index, { owner })}
          />
        </div>
      ))}
      <Select
        size="xs"
        aria-label={t('story.addRecord')}
        placeholder={t('story.addRecord')}
        data={objects.map((each) => ({ value: each.name, label: wordsOf(each.label, i18n.language) }))}
        value={null}
        onChange={add}
      />
    </section>
  );
}
interface ActProps {
  n: number;
  moment: Moment;
  scenario: Scenario;
  map: MapDoc;
  grammar: Shape<'StoryGrammarOut'>;
  said: { when: string; then: string[] } | undefined;
  onChange: (moment: Moment | null) => void;
}
function Act({ n, moment, scenario, map, grammar, said, onChange }: ActProps) {
  const { t } = useTranslation('maps');
  const ask = useStoryAsk(map, scenario);
  const put = (index: number, next: Filled | null) =>
    onChange({ ...moment, then: moment.then.flatMap((one, i) => (i !== index ? [one] : next ? [next] : [])) });
  return (
    <div className={r.act}>
      {said && (
        <p className={r.said}>
          <b>{t('scenarios.when')}</b> {said.when}
          {said.then.map((each) => (
            <span key={each}>
              {' '}
              <b>{t('scenarios.then')}</b> {each}
            </span>
          ))}
        </p>
      )}
      <WordFields
        what="do"
        label={t('story.act', { n })}
        words={grammar.acts}
        value={moment.act}
        ask={ask}
        onChange={(act) => act && onChange({ ...moment, act })}
        onRemove={() => onChange(null)}
      />
      {moment.then.map((each, index) => (
        <WordFields
          key={index}
          what="expect"
          label={t('story.expected', { n: index + 1 })}
          words={grammar.expectations}
          value={each}
          ask={ask}
          onChange={(next) => put(index, next)}
          onRemove={() => put(index, null)}
        />
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={13} />}
        onClick={() =>
          onChange({
            ...moment,
            then: [
              ...moment.then,
              { ...blank('expect', grammar.expectations[0]!), record: String(moment.act.record ?? '') },
            ],
          })
        }
      >
        {t('story.addExpected')}
      </Button>
    </div>
  );
}
