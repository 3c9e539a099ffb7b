/** A new record: what is required first, the rest on request; refusals are shown at their field. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { asProblem } from '@/client/problem';
import type { RecordAnswer, Values } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { toast } from '@/client/toast';
import { Refused } from '@/design/Refused';
import { FieldInput } from '@/fields';
import { Alike, useAlike } from './Alike';
import { creationFields } from './columns';
import s from './Dialogs.module.css';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  /** Where the record begins, when its object has several pipelines. */
  pipeline?: string;
  /** The first values, when it is added to another record: one stays there. */
  given?: Values;
  onClose: () => void;
}
export default function CreateDialog({ object, pipeline, given, onClose }: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [values, setValues] = useState<Values>(given ?? {});
  const [whole, setWhole] = useState(false);
  const [motive, setMotive] = useState('');
  const alike = useAlike(object.name, values);
  const doubtful = alike.some((each) => each.sure);
  const { first, more } = creationFields(object);
  const create = useMutation({
    mutationFn: () => http.post<RecordAnswer | null>(`/api/records/${object.name}`, { values, pipeline, motive }),
    onSuccess: async (record) => {
      toast(t('create.done', { title: String(values[object.title] ?? '') }));
      await refresh(object.name);
      onClose();
      if (!record || given) return;
      await navigate({ to: '/fiches/$object/$id', params: { object: object.name, id: String(record.id) } });
    },
    onError: (error) => {
      const wheres = asProblem(error).problems.map((each) => each.where);
      if (more.some((field) => wheres.includes(field.name))) setWhole(true);
    },
  });
  const problem = create.error ? asProblem(create.error) : null;
  const errors = Object.fromEntries((problem?.problems ?? []).map((each) => [each.where, each.detail]));
  const elsewhere = problem && !problem.problems.some((each) => object.fields.some(({ name }) => name === each.where));
  const draw = (field: FieldShape, index: number) => (
    <FieldInput
      key={field.name}
      field={field}
      label={say(field.label)}
      value={values[field.name] ?? null}
      required={field.required}
      error={errors[field.name]}
      autoFocus={index === 0}
      onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
    />
  );
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('close') }}
      opened
      onClose={onClose}
      title={t('create.title', { object: say(object.label).toLowerCase() })}
      size="lg"
    >
      <form
        className={s.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        {elsewhere && <Refused error={problem} />}
        <div className={s.two}>{first.map(draw)}</div>
        {whole ? (
          <div className={s.two}>{more.map((field) => draw(field, -1))}</div>
        ) : (
          more.length > 0 && (
            <Button variant="subtle" style={{ alignSelf: 'start' }} onClick={() => setWhole(true)}>
              {t('create.more')}
            </Button>
          )
        )}
        <Alike object={object.name} found={alike} />
        {doubtful && (
          <TextInput
            label={t('alike.motive')}
            value={motive}
            required
            maxLength={2000}
            onChange={(event) => setMotive(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('create.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={doubtful && !motive.trim()}>
            {t(doubtful ? 'alike.anyway' : 'create.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
