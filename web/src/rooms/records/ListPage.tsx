/** Every record of an object: searched, filtered, sorted; its bin too. */
import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import type { Condition } from '@/client/maps';
import type { RecordAnswer, Row } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await, Empty, Loading } from '@/design/states';
import { Chip } from '@/design/ui';
import CreateDialog from './CreateDialog';
import { ViewSwitch } from './dated/ViewSwitch';
import { asText, conditionOf } from './filters';
import { Narrow } from './Narrow';
import { ColumnsMenu, GroupMenu } from './ColumnsMenu';
import type { Asked } from './queries';
import s from './Records.module.css';
import RecordTable from './RecordTable';
import { useRefresh } from './refresh';
import type { ListSearch } from './search';
import { useTranslation } from './texts';
import ViewsMenu from './ViewsMenu';

const Built = lazy(() => import('./Built'));
const DatedView = lazy(() => import('./dated/DatedView'));
const ExportMenu = lazy(() => import('./taken/ExportMenu'));
const PAUSE = 250;

export function ListPage() {
  const { t } = useTranslation('records');
  const { object: name } = useParams({ strict: false }) as { object: string };
  const schema = useSchemaQuery();
  return (
    <Await query={schema}>
      {({ objects }) => {
        const object = objects.find((each) => each.name === name);
        if (!object) return <Empty title={t('list.notThere')}>{t('list.notThereLead')}</Empty>;
        return <List key={name} object={object} />;
      }}
    </Await>
  );
}
function List({ object }: { object: ObjectShape }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const change = (next: Partial<ListSearch>) =>
    void navigate({ to: '.', search: { ...search, ...next }, replace: true });
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const narrowed = (...more: Condition[]) => asText(conditionOf(search, object, pipelines, more));
  const bin = search.corbeille === true;
  const chosen = { words: search.mots, condition: narrowed(), sort: search.tri };
  const asked = { ...chosen, ...(bin ? { bin: 1 as const } : {}) };
  const filtered = chosen.condition !== null || Boolean(search.mots);
  const create = object.may.create && (
    <>
      <Button variant="default" onClick={() => void navigate({ to: '/imports', search: { objet: object.name } })}>
        {t('list.import')}
      </Button>
      <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
        {say(object.label)}
      </Button>
    </>
  );
  const empty = bin ? (
    <Empty icon={<IconTrash size={28} stroke={1.3} />} title={t('list.binEmpty')}>
      {t('list.binEmptyLead')}
    </Empty>
  ) : filtered ? undefined : (
    <Empty title={t('list.empty')}>{t('list.emptyLead')}</Empty>
  );
  return (
    <>
      <PageHead crumbs={[say(object.plural), ...(bin ? [t('list.bin')] : [])]}>{!bin && create}</PageHead>
      <Tools object={object} search={search} asked={chosen} onChange={change} />
      {search.si && (
        <Suspense>
          <Built object={object} search={search} onChange={change} />
        </Suspense>
      )}
      {isDated(search) ? (
        <Suspense fallback={<Loading />}>
          <DatedView
            object={object}
            asked={(more) => ({ words: search.mots, condition: narrowed(more) })}
            search={search}
            onChange={change}
          />
        </Suspense>
      ) : (
        <RecordTable
          object={object}
          asked={asked}
          search={search}
          onChange={change}
          empty={empty}
          {...(bin ? { action: (row: Row) => <Restore object={object} row={row} /> } : {})}
        />
      )}
      {creating && <CreateDialog object={object} onClose={() => setCreating(false)} />}
    </>
  );
}
const isDated = ({ vue, corbeille }: ListSearch) => !corbeille && (vue === 'calendrier' || vue === 'chronologie');

interface ToolsProps {
  object: ObjectShape;
  search: ListSearch;
  asked: Asked;
  onChange: (next: Partial<ListSearch>) => void;
}
function Tools({ object, search, asked, onChange }: ToolsProps) {
  const { t } = useTranslation('records');
  const bin = search.corbeille === true;
  const table = !isDated(search);
  const seek = useDebouncedCallback((mots: string) => onChange({ mots: mots || undefined }), PAUSE);
  return (
    <div className={s.tools} role="toolbar" aria-label={t('tools')}>
      {!bin && <ViewSwitch search={search} onChange={onChange} />}
      <TextInput
        className={s.search}
        size="xs"
        type="search"
        placeholder={t('search')}
        aria-label={t('search')}
        leftSection={<IconSearch size={14} />}
        defaultValue={search.mots ?? ''}
        onChange={(event) => seek(event.currentTarget.value)}
      />
      {!bin && <ViewsMenu of={{ object: object.name }} search={search} onOpen={onChange} />}
      <Narrow object={object} search={search} onChange={onChange} />
      <span className={s.end}>
        {table && !bin && (
          <GroupMenu object={object} group={search.groupe} onChange={(groupe) => onChange({ groupe })} />
        )}
        {!bin && object.may.export && (
          <Suspense>
            <ExportMenu object={object} asked={asked} columns={search.colonnes} />
          </Suspense>
        )}
        {table && (
          <ColumnsMenu object={object} columns={search.colonnes} onChange={(colonnes) => onChange({ colonnes })} />
        )}
        <Chip
          icon={<IconTrash size={14} />}
          aria-label={t('list.bin')}
          title={t('list.bin')}
          active={bin}
          onClick={() => onChange({ corbeille: bin ? undefined : true })}
        />
      </span>
    </div>
  );
}
export function Restore({ object, row }: { object: ObjectShape; row: Row }) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const restore = async () => {
    try {
      await http.post<RecordAnswer>(`/api/records/${object.name}/${row.id}/restore`);
      toast(t('list.restored', { title: row.title ?? '' }));
      await refresh(object.name, row.id);
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Button variant="default" onClick={() => void restore()}>
      {t('list.restore')}
    </Button>
  );
}
