/** A board as a value: cards found, moved, added; what its columns say. Pure. */
import type { Board, BoardStage, Card, StageMeasure } from '@/client/records';
import { isFinal } from '@/client/schema';

export const PAGE = 20;
const MOST = 100;

export function findCard(board: Board | undefined, id: number): { card: Card; stage: BoardStage } | null {
  for (const stage of board?.stages ?? []) {
    const card = stage.cards.find((each) => each.id === id);
    if (card) return { card, stage };
  }
  return null;
}
const plus = (sum: string | null, amount: number) => (sum == null ? sum : String(Number(sum) + amount));
const weight = (stage: BoardStage, card: Card) =>
  (Number(card.amount ?? 0) * Number(card.probability ?? stage.probability ?? 0)) / 100;

/** The board as it will be once the card has moved: on top of its new column, sums included. */
export function moveCard(board: Board, id: number, to: string): Board {
  const found = findCard(board, id);
  if (!found || found.stage.uid === to || !board.stages.some((stage) => stage.uid === to)) return board;
  const { card, stage: from } = found;
  const stale = card.stale_days == null ? 0 : 1;
  const stages = board.stages.map((stage) => {
    if (stage.uid !== from.uid && stage.uid !== to) return stage;
    const sign = stage.uid === to ? 1 : -1;
    return {
      ...stage,
      count: stage.count + sign,
      stale: stage.stale + sign * stale,
      sum: plus(stage.sum, sign * Number(card.amount ?? 0)),
      weighted: plus(stage.weighted, sign * weight(stage, card)),
      cards: sign > 0 ? [card, ...stage.cards] : stage.cards.filter((each) => each.id !== id),
    };
  });
  return { ...board, stages };
}
/** The board with one more page of a column; a card never shows twice. */
export function addCards(board: Board, uid: string, cards: Card[], next: string | null): Board {
  const known = new Set(board.stages.flatMap((stage) => stage.cards.map((card) => card.id)));
  const fresh = cards.filter((card) => !known.has(card.id));
  return {
    ...board,
    stages: board.stages.map((stage) =>
      stage.uid === uid ? { ...stage, next, cards: [...stage.cards, ...fresh] } : stage,
    ),
  };
}
/** How many cards a column to ask for, so that a refresh keeps what was unrolled. */
export function cardsWanted(board: Board | undefined): number {
  const longest = Math.max(PAGE, ...(board?.stages ?? []).map((stage) => stage.cards.length));
  return Math.min(MOST, Math.ceil(longest / PAGE) * PAGE);
}
/** The open stage where the largest share of records waits too long. */
export function bottleneck(stages: readonly BoardStage[], measures: Record<string, StageMeasure>): string | null {
  const open = stages.filter((stage) => !isFinal(stage.kind) && (measures[stage.uid]?.blocked_share ?? 0) > 0);
  const worst = open.sort(
    (one, two) =>
      measures[two.uid]!.blocked_share! - measures[one.uid]!.blocked_share! ||
      (measures[two.uid]!.median_seconds ?? 0) - (measures[one.uid]!.median_seconds ?? 0),
  )[0];
  return worst?.uid ?? null;
}
/** Where the arrows lead: the card above, below, or at the same height of the next column that has some. */
export function neighbour(board: Board, id: number, key: string): number | null {
  const found = findCard(board, id);
  if (!found) return null;
  const columns = board.stages.filter((stage) => !isFinal(stage.kind) && stage.cards.length > 0);
  const column = columns.findIndex((stage) => stage.uid === found.stage.uid);
  const row = found.stage.cards.findIndex((card) => card.id === id);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    return found.stage.cards[row + (key === 'ArrowDown' ? 1 : -1)]?.id ?? null;
  }
  const next = columns[column + (key === 'ArrowRight' ? 1 : -1)];
  return next ? next.cards[Math.min(row, next.cards.length - 1)]!.id : null;
}
/** The stage before or after, closed ones excepted: these are chosen in the menu. */
export function nextStage(board: Board, uid: string, step: 1 | -1): BoardStage | null {
  const open = board.stages.filter((stage) => !isFinal(stage.kind));
  const index = open.findIndex((stage) => stage.uid === uid);
  return index < 0 ? null : (open[index + step] ?? null);
}
/** How far along the pipeline a stage stands, from 0 to 1. */
export const progress = (index: number, count: number) => (count > 1 ? index / count : 0.5);
