/** A value of a scenario that stands for something: one of its records, one of its people, a moment near now. */
import { NativeSelect, Select } from '@mantine/core';
import type { FieldShape } from '@/client/schema';
import { Delay } from '../Delay';
import s from '../Maps.module.css';
import { useTranslation } from '../texts';
import { aliasOf, momentOf, type Named, type Near, type Token } from './tokens';

interface Props {
  token: Token;
  field: FieldShape;
  label: string;
  named: Named;
  value: unknown;
  onChange: (value: unknown) => void;
}
export function TokenValue({ token, field, label, named, value, onChange }: Props) {
  const { t } = useTranslation('maps');
  if (token === 'moment') {
    const { near, span } = momentOf(value) ?? { near: 'in' as Near, span: null };
    return (
      <div className={s.delay}>
        <NativeSelect
          size="xs"
          aria-label={t('story.nearOf', { label })}
          data={(['in', 'ago'] as const).map((each) => ({ value: each, label: t(`story.near.${each}`) }))}
          value={near}
          onChange={(event) => span && onChange({ [event.currentTarget.value]: span })}
        />
        <Delay label={label} value={span} onChange={(next) => onChange(next ? { [near]: next } : null)} />
      </div>
    );
  }
  const choices = token === 'person' ? named.people : named.records.filter((each) => each.object === field.to);
  return (
    <Select
      size="xs"
      label={label}
      data={choices}
      placeholder={t(choices.length ? 'story.choose' : `story.none.${token}`)}
      value={aliasOf(value, token)}
      onChange={(alias) => alias && onChange({ [token]: alias })}
    />
  );
}
