/** What the product does by itself: when, on what condition, after how long, unless what, which actions. */
import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { MapDoc } from '@/client/maps';
import { Await } from '@/design/states';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import type { Testable } from '@/fields/conditions/model';
import type { Shape } from '@/client/api';
import { Delay } from '../Delay';
import { useTranslation } from '../texts';
import { useRuleAsk } from './ask';
import { type Automatic, blank, isRule, type Rule, withRule } from './model';
import { useGrammar } from './queries';
import r from './Rules.module.css';
import { Sentence } from './Sentence';
import { WordFields } from './WordFields';

interface Props {
  note: Automatic;
  map: MapDoc;
  tests: Testable[];
  onKeep: (rule: Rule | null) => void;
  onClose: () => void;
}
export default function RuleDialog(props: Props) {
  const { t } = useTranslation('maps');
  const grammar = useGrammar();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.note.label}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Await query={grammar}>{(known) => <Form {...props} grammar={known} />}</Await>
    </Modal>
  );
}
function Form({ note, map, tests, grammar, onKeep, onClose }: Props & { grammar: Shape<'GrammarOut'> }) {
  const { t } = useTranslation('maps');
  const ask = useRuleAsk(map, tests);
  const first = grammar.actions[0]!;
  const [rule, setRule] = useState<Rule>(note.rule ?? { actions: [blank('do', first)] });
  const set = (change: Partial<Rule>) => setRule({ ...rule, ...change });
  const whole = isRule(rule, grammar.triggers, grammar.actions);
  const unless = rule.unless ?? [];
  const events = grammar.triggers.filter((each) => !['created', 'date_reached', 'inactive'].includes(each.name));
  return (
    <div className={r.dialog}>
      <section>
        <h3>{t('rule.when')}</h3>
        <WordFields
          ask={ask}
          what="on"
          label={t('rule.when')}
          words={grammar.triggers}
          value={rule.trigger ?? null}
          none={t('rule.own')}
          onChange={(trigger) => set({ trigger })}
        />
      </section>
      <section>
        <h3>{t('rule.if')}</h3>
        <ConditionBuilder
          label={t('rule.if')}
          object={map.subject}
          value={rule.condition}
          fields={tests}
          onChange={(condition) => set({ condition })}
        />
      </section>
      <Delay label={t('rule.wait')} value={rule.wait} onChange={(wait) => set({ wait })} />
      {(rule.wait || unless.length > 0) && (
        <section>
          <h3>{t('rule.unless')}</h3>
          {unless.map((each, index) => (
            <WordFields
              key={index}
              ask={ask}
              what="on"
              label={t('rule.unless')}
              words={events}
              value={each}
              onChange={(next) => next && set({ unless: unless.map((one, i) => (i === index ? next : one)) })}
              onRemove={() => set({ unless: unless.filter((_, i) => i !== index) })}
            />
          ))}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => set({ unless: [...unless, { on: 'answered' }] })}
          >
            {t('rule.addUnless')}
          </Button>
        </section>
      )}
      <section>
        <h3>{t('rule.do')}</h3>
        {rule.actions.map((each, index) => (
          <WordFields
            key={index}
            ask={ask}
            what="do"
            label={t('rule.action', { n: index + 1 })}
            words={grammar.actions}
            value={each}
            onChange={(next) => next && set({ actions: rule.actions.map((one, i) => (i === index ? next : one)) })}
            {...(rule.actions.length > 1
              ? { onRemove: () => set({ actions: rule.actions.filter((_, i) => i !== index) }) }
              : {})}
          />
        ))}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() => set({ actions: [...rule.actions, blank('do', first)] })}
        >
          {t('rule.addAction')}
        </Button>
      </section>
      {whole ? (
        <Sentence id={note.id} map={withRule(map, note.id, rule)} />
      ) : (
        <p className={r.said}>{t('rule.incomplete')}</p>
      )}
      <div className={r.foot}>
        <Button variant="subtle" color="red" disabled={!note.rule} onClick={() => onKeep(null)}>
          {t('rule.words')}
        </Button>
        <span>
          <Button variant="default" mr={8} onClick={onClose}>
            {t('rule.cancel')}
          </Button>
          <Button disabled={!whole} onClick={() => onKeep(rule)}>
            {t('rule.keep')}
          </Button>
        </span>
      </div>
    </div>
  );
}
