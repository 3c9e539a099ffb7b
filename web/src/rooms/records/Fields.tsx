/** The fields of a record by group, each one edited where it stands. */
import { ActionIcon, Group } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import { asProblem, type Problem } from '@/client/problem';
import type { RecordAnswer } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { FieldInput, FieldValue } from '@/fields';
import { useTranslation } from './texts';
import { groupsOf } from './columns';
import s from './RecordPage.module.css';
import { useRefresh } from './refresh';
import { WhyField } from './WhyField';

const ConflictDialog = lazy(() => import('./ConflictDialog'));
const AT_ONCE = new Set(['choice', 'boolean', 'person', 'link']);

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
export function Fields({ object, record }: Props) {
  const { t, i18n } = useTranslation('records');
  const say = useSay();
  const title = object.fields.find((field) => field.name === object.title);
  return groupsOf(object, i18n.language).map((group, index) => (
    <section key={group.key} className={s.group}>
      <h3>{group.key === '~system' ? t('record.system') : say(group.label) || t('record.details')}</h3>
      <dl>
        {[...(index === 0 && title ? [title] : []), ...group.fields].map((field) => (
          <Field key={field.name} field={field} object={object} record={record} />
        ))}
      </dl>
    </section>
  ));
}
type FieldProps = Props & { field: FieldShape };

export function Field({ field, object, record }: FieldProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const [editing, setEditing] = useState(false);
  const may = record.may.update && field.may_write && !field.system && !record.deleted_at;
  const linked = record.linked[field.name];
  return (
    <div className={s.field}>
      <dt>
        {say(field.label)} <WhyField field={field} object={object} />
      </dt>
      <dd>
        {editing ? (
          <Editor field={field} object={object} record={record} onDone={() => setEditing(false)} />
        ) : (
          <span
            className={s.value}
            data-may={may || undefined}
            onClick={(event) => may && !(event.target as Element).closest('a') && setEditing(true)}
          >
            <FieldValue field={field} value={record.values[field.name]} title={linked?.title} titles={linked?.titles} />
            {may && (
              <ActionIcon
                className={s.pencil}
                size={22}
                aria-label={t('record.edit', { field: say(field.label) })}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={13} />
              </ActionIcon>
            )}
          </span>
        )}
      </dd>
    </div>
  );
}
/** Saves one value with the version that was read. */
function useSave(object: string, id: number) {
  const queries = useQueryClient();
  const refresh = useRefresh();
  return async (name: string, value: unknown, version: number) => {
    const record = await http.patch<RecordAnswer | null>(`/api/records/${object}/${id}`, {
      version,
      values: { [name]: value },
    });
    if (record) queries.setQueryData(['record', object, String(id)], record);
    void refresh(object, id);
  };
}
function Editor({ field, object, record, onDone }: FieldProps & { onDone: () => void }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const refresh = useRefresh();
  const save = useSave(object.name, record.id);
  const [value, setValue] = useState<unknown>(record.values[field.name] ?? null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (wanted: unknown, version: number) => {
    setBusy(true);
    try {
      await save(field.name, wanted, version);
      onDone();
    } catch (error) {
      const found = asProblem(error);
      setProblem(found);
      if (found.status !== 422 && found.code !== 'records.changed_meanwhile') toastProblem(found);
    } finally {
      setBusy(false);
    }
  };
  const change = (next: unknown) => {
    setValue(next);
    if (AT_ONCE.has(field.type)) void attempt(next, record.version);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(value, record.version);
  };
  const mine = async () => {
    try {
      const fresh = await http.get<RecordAnswer>(`/api/records/${object.name}/${record.id}`);
      await attempt(value, fresh.version);
    } catch (error) {
      toastProblem(error);
    }
  };
  const theirs = () => {
    void refresh(object.name, record.id);
    onDone();
  };
  const conflict = problem?.code === 'records.changed_meanwhile';
  const error = problem && !conflict ? problem.sentences.join(' ') : null;
  return (
    <form className={s.editor} onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <FieldInput
        bare
        autoFocus
        field={field}
        label={say(field.label)}
        value={value}
        title={record.linked[field.name]?.title}
        titles={record.linked[field.name]?.titles}
        required={field.required}
        error={error}
        onChange={change}
      />
      <Group gap={2} wrap="nowrap">
        {!AT_ONCE.has(field.type) && (
          <ActionIcon type="submit" variant="light" color="lapis" aria-label={t('record.save')} loading={busy}>
            <IconCheck size={15} />
          </ActionIcon>
        )}
        <ActionIcon aria-label={t('record.cancel')} onClick={onDone}>
          <IconX size={15} />
        </ActionIcon>
      </Group>
      {conflict && (
        <Suspense>
          <ConflictDialog
            object={object.name}
            problem={problem}
            busy={busy}
            onMine={() => void mine()}
            onTheirs={theirs}
          />
        </Suspense>
      )}
    </form>
  );
}
