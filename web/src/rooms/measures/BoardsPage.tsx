/** The boards of a person: those of their roles first, narrowed as a whole, each number the way to its list. */
import { Button, NativeSelect } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Condition } from '@/client/maps';
import { useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { Why } from '@/why/Why';
import { type Board, type BoardRef, type BoardSearch, conditionOf, grouped } from './boards';
import s from './Boards.module.css';
import { FigureCard } from './FigureCard';
import { Narrow } from './Narrow';
import { useBoard, useBoards } from './queries';
import { useTranslation } from './texts';

export function BoardsPage() {
  const { t } = useTranslation('measures');
  const boards = useBoards();
  return (
    <>
      <PageHead crumbs={[t('title')]} />
      <Await query={boards}>
        {(known) =>
          known.length ? (
            <Opened boards={known} />
          ) : (
            <Empty
              icon={<IconChartBar size={30} stroke={1.3} />}
              title={t('none')}
              action={
                <Button component={Link} to="/cartes" variant="default">
                  {t('toMaps')}
                </Button>
              }
            >
              {t('noneLead')}
            </Empty>
          )
        }
      </Await>
    </>
  );
}
function Opened({ boards }: { boards: BoardRef[] }) {
  const { t } = useTranslation('measures');
  const search: BoardSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [mine, others] = grouped(boards);
  const chosen = boards.find(({ uid }) => uid === search.tableau) ?? mine[0] ?? others[0];
  const object = useObject(chosen);
  const board = useBoard(object ? chosen?.uid : undefined, conditionOf(search, object));
  const change = (next: BoardSearch) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: true });
  return (
    <>
      <div className={w.tools}>
        <NativeSelect
          size="xs"
          aria-label={t('board')}
          value={chosen?.uid}
          onChange={(event) => change({ tableau: event.currentTarget.value })}
          data={[
            { group: t('mine'), items: mine.map((each) => optionOf(each, t)) },
            { group: t('others'), items: others.map((each) => optionOf(each, t)) },
          ].filter(({ items }) => items.length > 0)}
        />
        <Narrow object={object} search={search} onChange={change} />
        {chosen && (
          <Button
            component="a"
            href={sheetOf(chosen.uid, conditionOf(search, object))}
            download
            size="xs"
            variant="default"
            ml="auto"
            leftSection={<IconDownload size={14} />}
          >
            {t('csv')}
          </Button>
        )}
      </div>
      <div className={w.scroll} tabIndex={0} role="region" aria-label={chosen?.label ?? t('title')}>
        <Await query={board}>{(data) => <Figures board={data} />}</Await>
      </div>
    </>
  );
}
const sheetOf = (uid: string, condition: Condition | null) =>
  `/api/boards/${uid}/csv${condition ? `?condition=${encodeURIComponent(JSON.stringify(condition))}` : ''}`;

type Say = ReturnType<typeof useTranslation>['t'];
const optionOf = ({ uid, label, role_label }: BoardRef, t: Say) => ({
  value: uid,
  label: t('boardOf', { label, role: role_label }),
});
function useObject(board: BoardRef | undefined) {
  const objects = useSchemaQuery().data?.objects;
  return objects?.find(({ name }) => name === board?.object);
}
function Figures({ board }: { board: Board }) {
  const { t } = useTranslation('measures');
  return (
    <>
      <p className={w.lead}>
        {t('lead', { object: board.object_label })} <Why what={board.label} theme="boards" path={board.uid} />
      </p>
      <div className={s.cards}>
        {board.figures.map((each) => (
          <FigureCard key={each.uid} figure={each} object={board.object} />
        ))}
      </div>
    </>
  );
}
