/** The maps that a step opens (its detail, its special cases), and the one that takes over where a case ends. */
import { Button, Group, Select } from '@mantine/core';
import { IconArrowUpRight, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { MapAnswer, MapDoc, MapSummary, Step, SubMap } from '@/client/maps';
import w from '@/design/work.module.css';
import { Items } from './Items';
import { useMapAction, useMaps } from './queries';
import { useTranslation } from './texts';

const FINAL = new Set(['won', 'lost', 'closed']);
/** The map of a process to show: the to-be, else the as-is. */
export const mapOf = (maps: readonly MapSummary[], uid: string | null | undefined): MapSummary | undefined =>
  maps.filter((each) => each.uid === uid).sort((a, b) => b.state.localeCompare(a.state))[0];

interface Props {
  step: Step;
  map: MapDoc;
  mapId: string;
  /** Absent for who only reads. */
  set?: (change: Partial<Step>) => void;
}
export function SubMaps({ step, map, mapId, set }: Props) {
  const { t } = useTranslation('maps');
  const maps = useMaps().data ?? [];
  const choices = [...new Map(maps.filter((each) => each.uid !== map.uid).map((each) => [each.uid, each.title]))].map(
    ([value, label]) => ({ value, label }),
  );
  const open = (uid: string | null | undefined) => {
    const found = mapOf(maps, uid);
    return (
      found && (
        <Link to="/cartes/$id" params={{ id: found.id }} search={{ depuis: mapId, retour: step.id }}>
          <IconArrowUpRight size={13} /> {t('submaps.open', { title: found.title })}
        </Link>
      )
    );
  };
  if (!set)
    return (
      <Group gap={4}>
        {step.submaps?.map((each) => (
          <span key={each.id}>{open(each.map)}</span>
        ))}
        {open(step.continues)}
      </Group>
    );
  return (
    <>
      <Items<SubMap> title={t('submaps.title')} items={step.submaps} onChange={(submaps) => set({ submaps })}>
        {(item, change) => (
          <>
            <Select
              size="xs"
              aria-label={t('submaps.use')}
              allowDeselect={false}
              data={(['detail', 'special'] as const).map((value) => ({ value, label: t(`submaps.${value}`) }))}
              value={item.use ?? 'detail'}
              onChange={(use) => change({ use: use as SubMap['use'] })}
            />
            <Select
              size="xs"
              aria-label={t('submaps.map')}
              placeholder={t('submaps.map')}
              searchable
              clearable
              data={choices}
              value={item.map ?? null}
              onChange={(uid) => change({ map: uid })}
            />
            {item.map ? open(item.map) : <Draw item={item} map={map} onDrawn={(uid) => change({ map: uid })} />}
          </>
        )}
      </Items>
      {FINAL.has(step.kind) && (
        <section aria-label={t('continues')}>
          <h3 className={w.title}>{t('continues')}</h3>
          <Select
            size="xs"
            aria-label={t('continues')}
            placeholder={t('continuesNone')}
            searchable
            clearable
            data={choices}
            value={step.continues ?? null}
            onChange={(continues) => set({ continues })}
          />
          {open(step.continues)}
        </section>
      )}
    </>
  );
}
function Draw({ item, map, onDrawn }: { item: SubMap; map: MapDoc; onDrawn: (uid: string) => void }) {
  const { t } = useTranslation('maps');
  const draw = useMapAction(
    async () => {
      const facts = { title: item.label, state: map.state, subject: map.subject };
      const { id } = await http.post<{ id: string }>('/api/maps', facts);
      return http.get<MapAnswer>(`/api/maps/${id}`);
    },
    (made) => onDrawn(made.map.uid),
  );
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPlus size={13} />}
      loading={draw.isPending}
      onClick={() => draw.mutate(undefined)}
    >
      {t('submaps.draw')}
    </Button>
  );
}
