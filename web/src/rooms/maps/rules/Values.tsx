/** Values to set: a field and what it becomes, one line each. */
import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { FieldInput } from '@/fields';
import s from '../Maps.module.css';
import { useTranslation } from '../texts';
import type { Filled } from './model';
import { TokenValue } from './TokenValue';
import { type Named, tokenFor } from './tokens';

interface Props {
  object: string | null;
  value: Filled | undefined;
  /** Whether fields go by their API name, as in scenarios, or by their uid, as in rules. */
  by?: 'uid' | 'name';
  /** What a scenario may name; without it, values are typed as on any screen. */
  named?: Named | undefined;
  onChange: (value: Filled) => void;
}
export function Values({ object, value = {}, by = 'uid', named, onChange }: Props) {
  const { t } = useTranslation('maps');
  const say = useSay();
  const kind = useSchemaQuery().data?.objects.find((each) => each.uid === object || each.name === object);
  const fields = (kind?.fields ?? []).filter((each) => !each.system);
  const free = fields.filter((each) => !(each[by] in value));
  return (
    <div className={s.item}>
      {Object.entries(value).map(([name, known]) => {
        const field = fields.find((each) => each[by] === name);
        const rest = Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
        const token = field && named ? tokenFor(field.type) : null;
        return (
          <div key={name} className={s.row}>
            {field && named && token ? (
              <TokenValue
                token={token}
                field={field}
                label={say(field.label)}
                named={named}
                value={known}
                onChange={(next) => onChange({ ...value, [name]: next })}
              />
            ) : field && typeof known !== 'object' ? (
              <FieldInput
                field={field}
                label={say(field.label)}
                value={known === '' ? null : known}
                onChange={(next) => onChange({ ...value, [name]: next })}
              />
            ) : (
              <span>{field ? say(field.label) : name}</span>
            )}
            <ActionIcon
              aria-label={`${t('remove')} – ${field ? say(field.label) : name}`}
              onClick={() => onChange(rest)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        );
      })}
      <Select
        size="xs"
        aria-label={t('rule.addValue')}
        placeholder={t('rule.addValue')}
        searchable
        data={free.map((each) => ({ value: each[by], label: say(each.label) }))}
        value={null}
        onChange={(name) => name && onChange({ ...value, [name]: '' })}
      />
    </div>
  );
}
