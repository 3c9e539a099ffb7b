/** The board: columns, the keyboard, and the one menu that every card shares. */
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, lazy, type MouseEvent, Suspense, useCallback, useRef, useState } from 'react';
import type { Board as BoardAnswer, StageMeasure } from '@/client/records';
import { isFinal, useSay } from '@/client/schema';
import s from './Board.module.css';
import { bottleneck, findCard, neighbour, nextStage, progress } from './board';
import { Column } from './Column';
import type { Move } from './move';

const CardMenu = lazy(() => import('./CardMenu'));

interface Props {
  board: BoardAnswer;
  measures: Record<string, StageMeasure>;
  mayMove: boolean;
  /** Whether the records are worth something. */
  money: boolean;
  unfolded: readonly string[];
  onFold: (stage: string) => void;
  onMore: (stage: string, after: string) => Promise<void>;
  onMove: (move: Move) => void;
  onAdd: (() => void) | null;
}
const cardOf = (target: EventTarget) => {
  const id = (target as Element).closest<HTMLElement>('[data-card]')?.dataset.card;
  return id == null ? null : Number(id);
};
export function Board({ board, measures, mayMove, money, unfolded, onFold, onMore, onMove, onAdd }: Props) {
  const say = useSay();
  const navigate = useNavigate();
  const ref = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ card: number; at: DOMRect } | null>(null);
  const open = (id: number) =>
    void navigate({ to: '/fiches/$object/$id', params: { object: board.object, id: String(id) } });
  const focus = (id: number) => {
    const find = () => ref.current?.querySelector<HTMLElement>(`[data-card="${id}"]`);
    requestAnimationFrame(() => find()?.focus());
  };
  const move = useCallback(
    (id: number, to: string) => {
      const found = findCard(board, id);
      const target = board.stages.find((stage) => stage.uid === to);
      if (!found || !target || found.stage.uid === to) return;
      const { card, stage } = found;
      const labels = { toLabel: say(target.label), fromLabel: say(stage.label) };
      const seen = { amount: card.amount, close_on: card.close_on };
      onMove({ object: board.object, id, version: card.version, title: card.title, to, seen, ...labels });
      focus(id);
    },
    [board, onMove, say],
  );
  const click = (event: MouseEvent) => {
    const id = cardOf(event.target);
    const button = (event.target as Element).closest<HTMLElement>('[data-menu]');
    if (id == null) return;
    if (button) setMenu({ card: id, at: button.getBoundingClientRect() });
    else open(id);
  };
  const press = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const id = target.dataset.card == null ? null : Number(target.dataset.card);
    if (id == null) return;
    const stage = findCard(board, id)?.stage;
    if (event.key === 'Enter') open(id);
    else if (event.key.toLowerCase() === 'm') setMenu({ card: id, at: target.getBoundingClientRect() });
    else if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const to = stage && mayMove && nextStage(board, stage.uid, event.key === 'ArrowRight' ? 1 : -1);
      if (to) move(id, to.uid);
    } else if (event.key.startsWith('Arrow')) {
      const next = neighbour(board, id, event.key);
      if (next != null) focus(next);
    } else return;
    event.preventDefault();
  };
  const hot = bottleneck(board.stages, measures);
  const openStages = board.stages.filter((stage) => !isFinal(stage.kind));
  const found = menu && findCard(board, menu.card);
  return (
    <div ref={ref} className={s.board} onClick={click} onKeyDown={press}>
      {board.stages.map((stage) => (
        <Column
          key={stage.uid}
          stage={stage}
          pipeline={board.pipeline}
          progress={progress(openStages.indexOf(stage), openStages.length)}
          measure={measures[stage.uid]}
          hot={stage.uid === hot}
          mayMove={mayMove}
          money={money}
          unfolded={unfolded.includes(stage.uid)}
          onDrop={move}
          onMore={onMore}
          onFold={onFold}
          onAdd={stage.uid === openStages[0]?.uid ? onAdd : null}
        />
      ))}
      {menu && found && (
        <Suspense>
          <CardMenu
            at={menu.at}
            stages={mayMove ? board.stages : []}
            from={found.stage.uid}
            onClose={() => {
              setMenu(null);
              focus(menu.card);
            }}
            onOpen={() => open(menu.card)}
            onMove={(to) => move(menu.card, to)}
          />
        </Suspense>
      )}
    </div>
  );
}
