/** The grid: criteria of the maps under weights, vendors in columns, each score with its proof, totals that follow. */
import { ActionIcon, Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconDots, IconDownload, IconHistory, IconPlus, IconRefresh, IconTable } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { toast } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Comparison } from './Comparison';
import s from './Grid.module.css';
import { type Grid, grids, useGrid, useGridChange, useGrids } from './grids';
import { useTranslation } from './texts';

const History = lazy(() => import('./History'));
const Ask = lazy(() => import('./Ask'));

export function GridPage() {
  const { t } = useTranslation('brief');
  const known = useGrids();
  const { grille } = useSearch({ strict: false }) as { grille?: string };
  const navigate = useNavigate();
  const show = (id: string) => void navigate({ to: '.', search: { grille: id } as never });
  const id = known.data?.find((each) => each.id === grille)?.id ?? known.data?.[0]?.id;
  const grid = useGrid(id);
  const [making, make] = useState(false);
  return (
    <>
      <PageHead crumbs={[t('grid.title')]}>
        {(known.data?.length ?? 0) > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('grid.which')}
            value={id}
            onChange={(event) => show(event.currentTarget.value)}
            data={(known.data ?? []).map((each) => ({ value: each.id, label: each.title }))}
          />
        )}
        {grid.data && <Tools grid={grid.data} onNew={() => make(true)} />}
      </PageHead>
      <Await query={known}>
        {(list) =>
          list.length === 0 || making ? (
            <Draw
              onDrawn={(made) => {
                make(false);
                show(made);
              }}
              onCancel={making ? () => make(false) : undefined}
            />
          ) : (
            <Await query={grid}>{(data) => <Comparison grid={data} />}</Await>
          )
        }
      </Await>
    </>
  );
}
function Tools({ grid, onNew }: { grid: Grid; onNew: () => void }) {
  const { t } = useTranslation('brief');
  const [panel, setPanel] = useState<'history' | 'ask' | null>(null);
  const redraw = useGridChange(
    () => grids.redraw(grid.id),
    ({ added, gone }) => toast(t('grid.redrawn', { added, gone })),
  );
  const close = () => setPanel(null);
  return (
    <>
      <Button
        component="a"
        href={`/api/grids/${grid.id}/grid.xlsx`}
        download
        variant="default"
        leftSection={<IconDownload size={15} />}
      >
        Excel
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('grid.more')} loading={redraw.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={14} />} onClick={() => setPanel('history')}>
            {t('grid.history')}
          </Menu.Item>
          <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => redraw.mutate(undefined)}>
            {t('grid.redraw')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setPanel('ask')}>
            {t('grid.ask')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTable size={14} />} onClick={onNew}>
            {t('grid.another')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {panel === 'history' && <History grid={grid.id} onClose={close} />}
        {panel === 'ask' && <Ask grid={grid.id} onClose={close} />}
      </Suspense>
    </>
  );
}
function Draw({ onDrawn, onCancel }: { onDrawn: (id: string) => void; onCancel: (() => void) | undefined }) {
  const { t } = useTranslation('brief');
  const [title, setTitle] = useState('');
  const draw = useGridChange(grids.draw, ({ id }) => onDrawn(id));
  const send = (event: FormEvent) => {
    event.preventDefault();
    draw.mutate(title);
  };
  return (
    <Empty
      icon={<IconTable size={30} stroke={1.3} />}
      title={t('grid.empty')}
      action={
        <form className={s.draw} onSubmit={send}>
          <TextInput
            aria-label={t('grid.name')}
            placeholder={t('grid.name')}
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Button type="submit" loading={draw.isPending} disabled={!title.trim()}>
            {t('grid.draw')}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('grid.cancel')}
            </Button>
          )}
        </form>
      }
    >
      {t('grid.emptyLead')}
    </Empty>
  );
}
