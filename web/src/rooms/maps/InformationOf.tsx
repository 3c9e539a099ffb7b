/** An information of a step: used or produced, its field, and what becomes of it. */
import { Select, TextInput } from '@mantine/core';
import type { SchemaField } from '@/client/blueprint';
import type { Information } from '@/client/maps';
import { FieldOf } from './FieldOf';
import { useTranslation } from './texts';

const FATE = ['born', 'circulates', 'stored', 'breaks'] as const;
interface Props {
  item: Information;
  fields: SchemaField[];
  change: (change: Partial<Information>) => void;
}
export function InformationOf({ item, fields, change }: Props) {
  const { t } = useTranslation('maps');
  const said = FATE.filter((each) => item[each]).length;
  return (
    <>
      <Select
        size="xs"
        aria-label={t('info.use')}
        allowDeselect={false}
        data={(['produced', 'used'] as const).map((value) => ({ value, label: t(`info.${value}`) }))}
        value={item.use ?? 'produced'}
        onChange={(use) => use && change({ use: use as Information['use'] })}
      />
      <FieldOf item={item} fields={fields} change={change} />
      <details>
        <summary>{t('info.fate', { n: said, all: FATE.length })}</summary>
        {FATE.map((each) => (
          <TextInput
            key={each}
            size="xs"
            label={t(`views.data.${each}`)}
            placeholder={t(`info.${each}`)}
            value={item[each] ?? ''}
            onChange={(event) => change({ [each]: event.currentTarget.value })}
          />
        ))}
      </details>
    </>
  );
}
