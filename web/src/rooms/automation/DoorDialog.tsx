/** Opening a door: what comes through it, with which fields; its address is shown this once. */
import { Button, Group, Modal, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { Refused } from '@/design/Refused';
import { FieldInput, isEmpty } from '@/fields';
import { type Opening, useOpen } from './exchanges';
import s from './Rules.module.css';
import { ShownOnce } from './ShownOnce';
import { useTranslation } from './texts';

const NOT_PLAIN: ReadonlySet<string> = new Set(['link', 'links', 'person']);
type Kind = 'form' | 'mail';

export function DoorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('automation');
  const say = useSay();
  const objects = (useSchemaQuery().data?.objects ?? []).filter((each) => each.may.create);
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<Kind>('form');
  const [name, setName] = useState(objects.find((each) => each.uid === 'lead')?.name ?? objects[0]?.name ?? '');
  const [fields, setFields] = useState<string[]>([]);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const open = useOpen();
  const form = kind === 'form';
  const object = objects.find((each) => each.name === name);
  const offered = (object?.fields ?? []).filter((each) => !each.system && !NOT_PLAIN.has(each.type));
  const fixed = offered.filter((each) => each.required && !fields.includes(each.name));
  const complete = !form || (fields.length > 0 && fixed.every((each) => !isEmpty(values[each.name])));
  if (open.data) {
    const example = form ? fields : ['from', 'subject', 'text'];
    return <Opened address={open.data.address} names={example} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={t('exchanges.open')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={s.door}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const kept = Object.fromEntries(fixed.map((each) => [each.name, values[each.name]]));
          const makes = form ? { object: name, fields, values: kept } : { object: '', fields: [], values: {} };
          open.mutate({ label, kind, ...makes } as Opening);
        }}
      >
        <Refused error={open.error} />
        <TextInput
          data-autofocus
          required
          label={t('exchanges.label')}
          description={t('exchanges.labelHint')}
          maxLength={100}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('exchanges.kind')}
          value={kind}
          onChange={(next) => setKind(next as Kind)}
          data={(['form', 'mail'] as const).map((value) => ({ value, label: t(`exchanges.kinds.${value}`) }))}
        />
        {form ? (
          <>
            <Select
              required
              allowDeselect={false}
              label={t('exchanges.object')}
              data={objects.map((each) => ({ value: each.name, label: say(each.label) }))}
              value={name}
              onChange={(next) => {
                setName(next ?? '');
                setFields([]);
                setValues({});
              }}
            />
            <MultiSelect
              searchable
              label={t('exchanges.fields')}
              description={t('exchanges.fieldsHint')}
              data={offered.map((each) => ({ value: each.name, label: say(each.label) }))}
              value={fields}
              onChange={setFields}
            />
            {fixed.length > 0 && <p className={s.quiet}>{t('exchanges.fixed')}</p>}
            {fixed.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                label={say(field.label)}
                value={values[field.name] ?? null}
                onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
              />
            ))}
          </>
        ) : (
          <p className={s.quiet}>{t('exchanges.mailHint')}</p>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('exchanges.cancel')}
          </Button>
          <Button type="submit" loading={open.isPending} disabled={!label.trim() || !complete}>
            {t('exchanges.open')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
function Opened({ address, names, onClose }: { address: string; names: string[]; onClose: () => void }) {
  const { t } = useTranslation('automation');
  return (
    <ShownOnce
      title={t('exchanges.opened')}
      lead={t('exchanges.once')}
      label={t('exchanges.address')}
      secret={address}
      copy={t('exchanges.copy')}
      copied={t('exchanges.copied')}
      onClose={onClose}
    >
      <p className={s.quiet}>{t('exchanges.how')}</p>
      <pre className={s.code} tabIndex={0} aria-label={t('exchanges.how')}>
        {JSON.stringify(Object.fromEntries(names.map((each) => [each, '…'])), null, 2)}
      </pre>
    </ShownOnce>
  );
}
