/** Beside the flow: how its cases keep to a map, what they do that it does not draw, and what that costs. */
import { Select } from '@mantine/core';
import { Await } from '@/design/states';
import { Deviations as Told } from '@/deviations/Deviations';
import w from '@/design/work.module.css';
import type { Filter } from './filters';
import { useProcessMaps } from './queries';
import { useTranslation } from './texts';

interface Props {
  log: string;
  filters: string;
  map: string | null;
  onMap: (map: string | null) => void;
  onAdd: (one: Filter) => void;
  onCase: (one: string) => void;
}
export function Deviations({ log, filters, map, onMap, onAdd, onCase }: Props) {
  const { t } = useTranslation('mining');
  const maps = useProcessMaps();
  return (
    <div className={w.panel}>
      <Await query={maps}>
        {(known) =>
          known.length === 0 ? (
            <small>{t('noMap')}</small>
          ) : (
            <Select
              size="xs"
              label={t('againstMap')}
              data={known.map((each) => ({ value: each.id, label: each.title }))}
              value={map}
              placeholder={t('chooseMap')}
              searchable
              clearable
              onChange={onMap}
            />
          )
        }
      </Await>
      {map && (
        <Told
          between={{ log, map, filters }}
          onOnly={(stack) => (JSON.parse(stack) as Filter[]).forEach(onAdd)}
          onCase={onCase}
        />
      )}
    </div>
  );
}
