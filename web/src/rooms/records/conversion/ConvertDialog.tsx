/** A lead becomes an account, a contact and a deal: who is there already is offered first. */
import { Button, Checkbox, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { asProblem } from '@/client/problem';
import type { GateClosed, RecordAnswer, Values } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { toastUndo } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import { FieldInput } from '@/fields';
import type { Found } from '../Alike';
import s from '../Dialogs.module.css';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import { type Conversion, type Proposal, type Proposed, undoConversion } from './conversion';

const NEW = 'new';
interface Chosen {
  id: string;
  values: Values;
  motive: string;
}
const first = (part: Proposed): Chosen => ({
  id: part.found.find((each) => each.sure)?.id.toString() ?? NEW,
  values: part.values,
  motive: '',
});
const sent = ({ id, values, motive }: Chosen) => (id === NEW ? { values, motive } : { id: Number(id) });

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
  onClose: () => void;
}
export default function ConvertDialog(props: Props) {
  const { t } = useTranslation('conversion');
  const proposal = useQuery({
    queryKey: ['record', props.object.name, String(props.record.id), 'conversion'],
    queryFn: () => http.get<Proposal>(`/api/leads/${props.record.id}/conversion`),
  });
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('title', { title: props.record.title })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Await query={proposal} rows={4}>
        {(known) => <Form {...props} proposal={known} />}
      </Await>
    </Modal>
  );
}
function Form({ object, record, proposal, onClose }: Props & { proposal: Proposal }) {
  const { t } = useTranslation('conversion');
  const say = useSay();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [account, setAccount] = useState(first(proposal.account));
  const [contact, setContact] = useState(first(proposal.contact));
  const [withContact, setWith] = useState(Boolean(proposal.contact.values.name));
  const [deal, setDeal] = useState(first(proposal.opportunity));
  const [lacking, setLacking] = useState<Values>({});
  const [motive, setMotive] = useState('');
  const pipelines = (useSchemaQuery().data?.pipelines ?? []).filter(
    (each) => each.object === proposal.opportunity.object,
  );
  const [pipeline, setPipeline] = useState<string | null>(pipelines[0]?.uid ?? null);
  const convert = useMutation({
    mutationFn: () =>
      http.post<Conversion>(`/api/leads/${record.id}/conversion`, {
        version: proposal.version,
        account: sent(account),
        contact: withContact ? sent(contact) : null,
        opportunity: { values: deal.values, motive: deal.motive, pipeline },
        values: lacking,
        motive,
        override: Boolean(motive.trim()),
      }),
    onSuccess: async (made) => {
      await refresh(object.name, record.id);
      onClose();
      toastUndo(
        t('done', { title: record.title }),
        t('undo'),
        () => void undoConversion(made.id, refresh, object, record),
      );
      if (made.deal)
        await navigate({
          to: '/fiches/$object/$id',
          params: { object: made.deal.object, id: String(made.deal.id) },
        });
    },
  });
  const problem = convert.error ? asProblem(convert.error) : null;
  const closed = problem?.details as Partial<GateClosed> | undefined;
  const missing = closed?.missing ?? [];
  return (
    <form
      className={s.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        convert.mutate();
      }}
    >
      <Part part={proposal.account} chosen={account} onChange={setAccount} />
      <Checkbox
        label={t('withContact')}
        checked={withContact}
        onChange={(event) => setWith(event.currentTarget.checked)}
      />
      {withContact && <Part part={proposal.contact} chosen={contact} onChange={setContact} />}
      <Part part={proposal.opportunity} chosen={deal} onChange={setDeal} />
      {pipelines.length > 1 && (
        <Select
          label={t('pipeline')}
          data={pipelines.map((each) => ({ value: each.uid, label: say(each.label) }))}
          value={pipeline}
          allowDeselect={false}
          onChange={setPipeline}
        />
      )}
      <Refused error={convert.error} />
      {missing.map(({ field }) => {
        const known = object.fields.find((each) => each.name === field);
        return (
          known && (
            <FieldInput
              key={field}
              field={known}
              label={say(known.label)}
              value={lacking[field] ?? null}
              required
              error={undefined}
              autoFocus={false}
              onChange={(value) => setLacking((before) => ({ ...before, [field]: value }))}
            />
          )
        );
      })}
      {closed?.may_override && (
        <TextInput
          label={t('override')}
          maxLength={2000}
          value={motive}
          onChange={(event) => setMotive(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={convert.isPending}>
          {t('go')}
        </Button>
      </Group>
    </form>
  );
}
const TYPED = ['name', 'first_name', 'email', 'amount', 'close_on'];
interface PartProps {
  part: Proposed;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}
/** One of the three: those that are there, or a new one with its first values. */
function Part({ part, chosen, onChange }: PartProps) {
  const { t } = useTranslation(['conversion', 'records']);
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find((each) => each.name === part.object);
  if (!object) return null;
  const typed = TYPED.flatMap((uid) => object.fields.filter((each) => each.uid === uid && !each.system));
  const doubtful = chosen.id === NEW && part.found.some((each) => each.sure);
  return (
    <fieldset className={s.fieldset}>
      <legend>{say(object.label)}</legend>
      {part.found.length > 0 && (
        <Radio.Group aria-label={say(object.label)} value={chosen.id} onChange={(id) => onChange({ ...chosen, id })}>
          <Stack gap={6}>
            {part.found.map((each) => (
              <Radio key={each.id} value={String(each.id)} label={each.title} description={<Why found={each} />} />
            ))}
            <Radio value={NEW} label={t('new', { object: say(object.label).toLowerCase() })} />
          </Stack>
        </Radio.Group>
      )}
      {chosen.id === NEW && (
        <div className={s.two}>
          {typed.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              label={say(field.label)}
              value={chosen.values[field.name] ?? null}
              required={field.required}
              error={undefined}
              autoFocus={false}
              onChange={(value) => onChange({ ...chosen, values: { ...chosen.values, [field.name]: value } })}
            />
          ))}
        </div>
      )}
      {doubtful && (
        <TextInput
          label={t('records:alike.motive')}
          required
          maxLength={2000}
          value={chosen.motive}
          onChange={(event) => onChange({ ...chosen, motive: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}
function Why({ found }: { found: Found }) {
  const { t } = useTranslation('records');
  const said = t(found.sister ? 'alike.sister' : found.sure ? 'alike.sure' : 'alike.maybe');
  return `${said}. ${t('alike.same', { what: found.shared.map((one) => t(`alike.${one}`)).join(', ') })}`;
}
