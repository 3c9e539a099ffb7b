/** All the maps, and how to make one. */
import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDatabaseImport, IconFileImport, IconPlus, IconRoute } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { MapSummary } from '@/client/maps';
import { useCares } from '@/client/reviews';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import { ago } from '@/lib/format';
import w from '@/design/work.module.css';
import DueReviews from '@/reviews/DueReviews';
import { FreshBadge } from './Freshness';
import s from './Maps.module.css';
import { useMaps, usePresences } from './queries';
import { scopeLine } from './scope';
import { useTranslation } from './texts';

const CreateMap = lazy(() => import('./CreateMap'));
const ImportMap = lazy(() => import('./ImportMap'));
const Overview = lazy(() => import('./AllMaps').then((all) => ({ default: all.Overview })));
const Variants = lazy(() => import('./AllMaps').then((all) => ({ default: all.Variants })));
/** How many of those who are on a map are shown. */
const MOST = 4;
interface AllSearch {
  vue?: string;
  /** The process whose variants are compared. */
  de?: string;
}

export function MapsPage() {
  const { t } = useTranslation('maps');
  const maps = useMaps();
  const [creating, { open, close }] = useDisclosure(false);
  const [importing, imports] = useDisclosure(false);
  const mayEdit = useSession().may.maps;
  const { vue = 'liste', de } = useSearch({ strict: false }) as AllSearch;
  const navigate = useNavigate();
  const create = mayEdit && (
    <Button leftSection={<IconPlus size={15} />} onClick={open}>
      {t('new')}
    </Button>
  );
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {mayEdit && (
          <Button variant="default" leftSection={<IconFileImport size={15} />} onClick={imports.open}>
            {t('import.title')}
          </Button>
        )}
        {create}
      </PageHead>
      <div className={w.tools}>
        <SegmentedControl
          aria-label={t('shape')}
          value={vue}
          onChange={(next) => void navigate({ to: '/cartes', search: { vue: next } })}
          data={[
            { value: 'liste', label: t('overview.list') },
            { value: 'ensemble', label: t('overview.title') },
            ...(vue === 'variantes' ? [{ value: 'variantes', label: t('variants.title') }] : []),
          ]}
        />
      </div>
      <div className={vue === 'liste' ? w.scroll : w.stage}>
        {vue === 'liste' && <DueReviews />}
        <Await query={maps}>
          {(known) => {
            if (!known.length) return <NoMap action={create} />;
            if (vue === 'ensemble') return <Suspense>{<Overview maps={known} />}</Suspense>;
            if (vue === 'variantes' && de) return <Suspense>{<Variants maps={known} of={de} />}</Suspense>;
            return <Cards maps={known} />;
          }}
        </Await>
      </div>
      <Modal
        opened={creating}
        onClose={close}
        title={t('new')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Suspense>
          <CreateMap />
        </Suspense>
      </Modal>
      {importing && (
        <Suspense>
          <ImportMap onClose={imports.close} />
        </Suspense>
      )}
    </>
  );
}
function NoMap({ action }: { action: React.ReactNode }) {
  const { t } = useTranslation('maps');
  const importLog = (
    <Button component={Link} to="/journaux" variant="default" leftSection={<IconDatabaseImport size={15} />}>
      {t('importLog')}
    </Button>
  );
  return (
    <Empty
      icon={<IconRoute size={30} stroke={1.3} />}
      title={t('empty')}
      action={
        <>
          {action}
          {importLog}
        </>
      }
    >
      {t('emptyLead')}
    </Empty>
  );
}
function Cards({ maps }: { maps: MapSummary[] }) {
  const { t } = useTranslation('maps');
  const cares = useCares().data ?? [];
  const there = new Map(usePresences().data?.map((each) => [each.map, each.people]));
  return (
    <ul className={s.cards}>
      {maps.map((map) => (
        <li key={map.id}>
          <Link to="/cartes/$id" params={{ id: map.id }} className={s.card}>
            <strong>{map.title}</strong>
            {scopeLine(map.scope) && <small className={s.cardScope}>{scopeLine(map.scope)}</small>}
            <span className={s.cardFacts}>
              {map.kind !== 'process' && <Badge tone="violet">{t(`mapKind.${map.kind}`)}</Badge>}
              {map.variant_of && <Badge>{t('variants.one')}</Badge>}
              <Badge tone={map.state === 'as_is' ? 'neutral' : 'green'}>{t(map.state)}</Badge>
              {map.published_n ? t('published', { n: map.published_n }) : t('draft')}
              <FreshBadge care={cares.find((each) => each.id === map.id)} />
              {map.errors > 0 && <Badge tone="red">{t('errors', { count: map.errors })}</Badge>}
              {map.warnings > 0 && <Badge tone="amber">{t('warnings', { count: map.warnings })}</Badge>}
            </span>
            <span className={s.cardFoot}>
              <b className="num">{t('steps', { count: map.steps })}</b>
              <OnIt people={there.get(map.id) ?? []} />
              <time dateTime={map.updated_at}>{ago(map.updated_at)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
function OnIt({ people }: { people: readonly { id: number; name: string; hue: number }[] }) {
  const { t } = useTranslation('maps');
  if (people.length === 0) return null;
  const names = t('onIt', { who: people.map((one) => one.name).join(', ') });
  return (
    <span className={s.onIt} role="img" aria-label={names} title={names}>
      {people.slice(0, MOST).map((one) => (
        <Monogram key={one.id} name={one.name} hue={one.hue} round />
      ))}
      {people.length > MOST && `+${people.length - MOST}`}
    </span>
  );
}
