/** Which records show that a touchpoint or a signal happened, and how many did over thirty days. */
import { Select } from '@mantine/core';
import { useSchema, wordsOf } from '@/client/blueprint';
import type { Watch } from '@/client/maps';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { testables } from '@/fields/conditions/model';
import { integer } from '@/lib/format';
import { useLately } from './queries';
import { useTranslation } from './texts';

interface Props {
  mapId: string;
  /** `step.item`, as the server counts it. */
  of: string;
  label: string;
  watch: Watch | null | undefined;
  onChange: (watch: Watch | null) => void;
}
export function WatchOf({ mapId, of, label, watch, onChange }: Props) {
  const { t, i18n } = useTranslation('maps');
  const schema = useSchema().data;
  const lately = useLately(mapId).data;
  const counted = lately?.watched[of];
  const objects = (schema?.objects ?? []).map((each) => ({
    value: each.uid,
    label: wordsOf(each.plural, i18n.language),
  }));
  return (
    <details>
      <summary>
        {counted === undefined ? t('views.noData') : t('views.times', { n: integer(counted), days: lately!.days })}
      </summary>
      <Select
        size="xs"
        label={t('watch.object')}
        placeholder={t('watch.none')}
        clearable
        data={objects}
        value={watch?.object ?? null}
        onChange={(object) => onChange(object ? { object, condition: null } : null)}
      />
      {watch && (
        <ConditionBuilder
          label={t('watch.condition', { label })}
          object={watch.object}
          value={watch.condition}
          fields={testables(schema, watch.object, i18n.language)}
          onChange={(condition) => onChange({ ...watch, condition })}
        />
      )}
    </details>
  );
}
