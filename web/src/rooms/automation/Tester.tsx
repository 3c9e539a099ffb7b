/** Who would get a record like this one, by which rule, why not the others, and who in turn if nobody took it up. */
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldInput } from '@/fields';
import s from './Rules.module.css';
import { type Seats, useExplain } from './seats';
import { useTranslation } from './texts';

const ASKED = new Set(['choice', 'choices', 'text', 'integer', 'money', 'percent', 'boolean', 'postcode']);
export function Tester({ seats }: { seats: Seats }) {
  const { t } = useTranslation('automation');
  const say = useSay();
  const objects = useSchemaQuery().data?.objects ?? [];
  const offered = objects.filter((each) => seats.rules.some((rule) => rule.object === each.name) && each.may.create);
  const [name, setName] = useState<string | null>(offered[0]?.name ?? null);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const explain = useExplain();
  const object: ObjectShape | undefined = offered.find((each) => each.name === (name ?? offered[0]?.name));
  if (!object) return null;
  const found = explain.data;
  return (
    <section aria-label={t('assignment.test')}>
      <h2 className={s.heading}>{t('assignment.test')}</h2>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          explain.mutate({ object: object.name, values });
        }}
      >
        <Select
          size="xs"
          label={t('assignment.object')}
          allowDeselect={false}
          data={offered.map((each) => ({ value: each.name, label: say(each.label) }))}
          value={object.name}
          onChange={(next) => {
            setName(next);
            setValues({});
            explain.reset();
          }}
        />
        {object.fields
          .filter((each) => !each.system && ASKED.has(each.type))
          .slice(0, 12)
          .map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              label={say(field.label)}
              value={values[field.name] ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        <Button type="submit" variant="default" loading={explain.isPending}>
          {t('assignment.ask')}
        </Button>
      </form>
      {found && (
        <div role="status" className={s.said}>
          <p>
            {found.person
              ? t('assignment.gets', { name: found.person.name, why: found.reason ?? '' })
              : t('assignment.getsNobody')}
          </p>
          {found.then.length > 0 && (
            <p>{t('assignment.then', { names: found.then.map((each) => each.name).join(', ') })}</p>
          )}
          {found.say && <small>{found.say}.</small>}
          <ul className={s.rows}>
            {found.considered.map((each) => (
              <li key={each.person?.id}>
                {each.person?.name} – {each.why}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
