/** The field that holds an information: an existing one, or a new one of some type. */
import { Checkbox, Select, TagsInput } from '@mantine/core';
import { type SchemaField, wordsOf } from '@/client/blueprint';
import type { Information } from '@/client/maps';
import { choicesFrom, choicesOf } from './model';
import { useTranslation } from './texts';

const TYPES = [
  'text',
  'long_text',
  'integer',
  'decimal',
  'money',
  'percent',
  'date',
  'datetime',
  'boolean',
  'choice',
  'choices',
  'person',
  'email',
  'phone',
  'url',
];
const LISTED = new Set(['choice', 'choices']);
interface Props {
  item: Information;
  fields: SchemaField[];
  change: (change: Partial<Information>) => void;
}
export function FieldOf({ item, fields, change }: Props) {
  const { t, i18n } = useTranslation('maps');
  const existing = fields.map((each) => ({ value: `field:${each.uid}`, label: wordsOf(each.label, i18n.language) }));
  const types = TYPES.map((type) => ({ value: `type:${type}`, label: t(`types.${type}`) }));
  const value = item.field ? `field:${item.field}` : item.type ? `type:${item.type}` : null;
  const pick = (next: string | null) => {
    const [what, name] = next?.split(':') ?? [];
    change({ field: what === 'field' ? name! : null, type: what === 'type' ? name! : null, options: {} });
  };
  return (
    <>
      <Select
        size="xs"
        aria-label={t('type')}
        placeholder={t('noType')}
        searchable
        clearable
        data={[
          { group: t('newField'), items: types },
          { group: t('existing'), items: existing },
        ]}
        value={value}
        onChange={pick}
      />
      {item.type && LISTED.has(item.type) && (
        <TagsInput
          size="xs"
          aria-label={t('choices')}
          placeholder={t('choices')}
          value={choicesOf(item)}
          onChange={(labels) => change({ options: choicesFrom(labels) })}
        />
      )}
      <Checkbox
        label={t('required')}
        checked={item.required ?? false}
        onChange={(event) => change({ required: event.currentTarget.checked })}
      />
    </>
  );
}
