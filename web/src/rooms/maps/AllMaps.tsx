/** The maps otherwise than listed: the map of maps, and the variants of a process side by side. */
import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { MapCanvas } from '@/canvas/MapCanvas';
import { useSchema, wordsOf } from '@/client/blueprint';
import { http } from '@/client/http';
import type { MapAnswer, MapSummary, Step } from '@/client/maps';
import { Empty, Loading } from '@/design/states';
import { integer } from '@/lib/format';
import { overviewOf } from './overview';
import { scopeLine } from './scope';
import { mapOf } from './SubMaps';
import { useTranslation } from './texts';
import { compared } from './variants';
import v from './views/Views.module.css';

export function Overview({ maps }: { maps: MapSummary[] }) {
  const { t, i18n } = useTranslation('maps');
  const navigate = useNavigate();
  const objects = useSchema().data?.objects;
  const graph = useMemo(() => {
    const names = new Map(objects?.map((each) => [each.uid, wordsOf(each.plural, i18n.language)]));
    return overviewOf(maps, (subject) => (subject ? (names.get(subject) ?? subject) : t('overview.other')));
  }, [maps, objects, i18n.language, t]);
  const open = (id: string | null) => {
    if (id && maps.some((each) => each.id === id)) void navigate({ to: '/cartes/$id', params: { id } });
  };
  return <MapCanvas graph={graph} selected={null} onSelect={open} reading="plain" />;
}
export function Variants({ maps, of }: { maps: MapSummary[]; of: string }) {
  const { t } = useTranslation('maps');
  const uids = [of, ...new Set(maps.filter((each) => each.variant_of === of).map((each) => each.uid))];
  const shown = uids.flatMap((uid) => mapOf(maps, uid) ?? []);
  const drawn = useQueries({
    queries: shown.map(({ id }) => ({ queryKey: ['map', id], queryFn: () => http.get<MapAnswer>(`/api/maps/${id}`) })),
  });
  const docs = drawn.flatMap((each) => each.data?.map ?? []);
  if (shown.length < 2) return <Empty title={t('variants.none')} />;
  if (docs.length < shown.length) return <Loading />;
  return (
    <section className={v.sheet} tabIndex={0} aria-label={t('variants.title')}>
      <table className={v.table}>
        <thead>
          <tr>
            <th scope="col">{t('views.roles.step')}</th>
            {shown.map((map) => (
              <th key={map.id} scope="col">
                <Link to="/cartes/$id" params={{ id: map.id }}>
                  {map.title}
                </Link>
                <small>{scopeLine(map.scope)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compared(docs).map((row) => (
            <tr key={row.label}>
              <th scope="row">
                {row.label}
                {row.differs.length > 0 && (
                  <small data-warn>
                    {t('variants.differs', { parts: row.differs.map((each) => t(`variants.part.${each}`)).join(', ') })}
                  </small>
                )}
                {row.differs.length === 0 && row.steps.every(Boolean) && <small>{t('variants.same')}</small>}
              </th>
              {row.steps.map((step, column) => (
                <td key={column} data-label={shown[column]!.title}>
                  {step ? (
                    <Held step={step} lane={docs[column]!.lanes.find((each) => each.id === step.lane)?.label} />
                  ) : (
                    '–'
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
function Held({ step, lane }: { step: Step; lane: string | undefined }) {
  const { t } = useTranslation('maps');
  const target = step.delays?.target;
  return (
    <>
      {lane}
      {target && (
        <small>
          {t('delay.target')} : {integer(target.amount)} {t(`unit.${target.unit}`)}
        </small>
      )}
      <small>{t('outline.criteria', { count: step.exit?.length ?? 0 })}</small>
    </>
  );
}
