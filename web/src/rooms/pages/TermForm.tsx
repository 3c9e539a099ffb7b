/** A word and what it means; as a condition too, when it says something of records. */
import { Autocomplete, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSchema } from '@/client/blueprint';
import type { Condition } from '@/client/maps';
import { say } from '@/client/schema';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { testables } from '@/fields/conditions/model';
import { type Meaning, type Term, useKnownTerms, useWording, wording } from '@/words/queries';
import s from './Glossary.module.css';
import { useTranslation } from './texts';

export default function TermForm({ term, onDone }: { term: Term | null; onDone: () => void }) {
  const { t, i18n } = useTranslation('pages');
  const schema = useSchema().data;
  const teams = [...new Set(useKnownTerms().map((each) => each.team))].filter(Boolean);
  const [meaning, setMeaning] = useState<Meaning>(() => ({
    word: term?.word ?? '',
    team: term?.team ?? '',
    definition: term?.definition ?? '',
    object_name: term?.object_name ?? '',
    condition: term?.condition ?? null,
  }));
  const set = (next: Partial<Meaning>) => setMeaning({ ...meaning, ...next });
  const keep = useWording(() => (term ? wording.redefine(term, meaning) : wording.define(meaning)), onDone);
  const send = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(undefined);
  };
  const objects = (schema?.objects ?? []).map((each) => ({ value: each.name, label: say(each.label, i18n.language) }));
  return (
    <form className={s.form} onSubmit={send}>
      <TextInput
        label={t('words.word')}
        required
        maxLength={80}
        data-autofocus
        value={meaning.word}
        onChange={(event) => set({ word: event.currentTarget.value })}
      />
      <Autocomplete
        label={t('words.team')}
        description={t('words.teamLead')}
        maxLength={60}
        data={teams}
        value={meaning.team ?? ''}
        onChange={(team) => set({ team })}
      />
      <Textarea
        label={t('words.definition')}
        required
        autosize
        minRows={3}
        maxLength={2000}
        value={meaning.definition}
        onChange={(event) => set({ definition: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('words.object')}
        description={t('words.objectLead')}
        value={meaning.object_name ?? ''}
        data={[{ value: '', label: t('words.noObject') }, ...objects]}
        onChange={(event) => set({ object_name: event.currentTarget.value, condition: null })}
      />
      {meaning.object_name && (
        <ConditionBuilder
          label={t('words.condition')}
          value={meaning.condition as Condition | null}
          fields={testables(schema, meaning.object_name, i18n.language)}
          onChange={(condition) => set({ condition: condition as Meaning['condition'] })}
        />
      )}
      <Button type="submit" loading={keep.isPending} disabled={!meaning.word.trim() || !meaning.definition.trim()}>
        {t('words.save')}
      </Button>
    </form>
  );
}
