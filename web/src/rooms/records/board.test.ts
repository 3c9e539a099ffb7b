import { expect, test } from 'vitest';
import type { Board, BoardStage, Card } from '@/client/records';
import { addCards, bottleneck, cardsWanted, findCard, moveCard, neighbour, nextStage } from './board';

const card = (id: number, amount = '1000.00'): Card => ({
  id,
  version: 1,
  title: `Affaire ${id}`,
  account: null,
  amount,
  currency: 'EUR',
  probability: null,
  close_on: null,
  owner: null,
  criteria: { done: 0, total: 0 },
  stale_days: id % 2 ? 20 : null,
  late_days: null,
  next_step: null,
  since: null,
});
const stage = (uid: string, kind: string, cards: Card[], probability = 50): BoardStage => ({
  uid,
  label: uid,
  kind,
  probability,
  count: cards.length,
  sum: String(cards.length * 1000),
  weighted: String(cards.length * 500),
  stale: cards.filter((each) => each.stale_days != null).length,
  cards,
  next: null,
});
const board = (): Board => ({
  pipeline: 'p',
  object: 'opportunity',
  totals: { count: 3, sum: '3000', weighted: '1500', late: 0, stale: 2 },
  stages: [
    stage('a', 'interest', [card(1), card(2)]),
    stage('b', 'task', []),
    stage('c', 'task', [card(3)]),
    stage('won', 'won', []),
  ],
});

test('a moved card stands on top of its new column and the sums follow', () => {
  const moved = moveCard(board(), 1, 'c');
  expect(findCard(moved, 1)!.stage.uid).toBe('c');
  expect(moved.stages[2]!.cards.map((each) => each.id)).toEqual([1, 3]);
  expect([moved.stages[0]!.count, moved.stages[2]!.count]).toEqual([1, 2]);
  expect([moved.stages[0]!.sum, moved.stages[2]!.sum]).toEqual(['1000', '2000']);
  expect([moved.stages[0]!.weighted, moved.stages[2]!.weighted]).toEqual(['500', '1000']);
  expect([moved.stages[0]!.stale, moved.stages[2]!.stale]).toEqual([0, 2]);
});
test('moving there and back restores every sum', () => {
  const back = moveCard(moveCard(board(), 1, 'c'), 1, 'a');
  expect(back).toEqual(board());
});
test('a card moved nowhere changes nothing', () => {
  const before = board();
  expect(moveCard(before, 1, 'a')).toBe(before);
  expect(moveCard(before, 1, 'unknown')).toBe(before);
  expect(moveCard(before, 99, 'c')).toBe(before);
});
test('a card unrolled twice shows once', () => {
  const more = addCards(board(), 'a', [card(2), card(4)], 'next');
  expect(more.stages[0]!.cards.map((each) => each.id)).toEqual([1, 2, 4]);
  expect(more.stages[0]!.next).toBe('next');
});
test('a refresh asks for what was unrolled, within reason', () => {
  expect(cardsWanted(undefined)).toBe(20);
  const long = {
    ...board(),
    stages: [
      stage(
        'a',
        'task',
        Array.from({ length: 41 }, (_, id) => card(id)),
      ),
    ],
  };
  expect(cardsWanted(long)).toBe(60);
});
test('the bottleneck is the open stage where most records wait too long', () => {
  const measure = (blocked_share: number | null, median_seconds = 0) => ({
    blocked_share,
    median_seconds,
    working_median_seconds: null,
    p90_seconds: null,
    waiting_cases: null,
    amount_waiting: null,
  });
  expect(bottleneck(board().stages, { a: measure(0.2), c: measure(0.58), won: measure(0.9) })).toBe('c');
  expect(bottleneck(board().stages, { a: measure(0.2, 5), c: measure(0.2, 9) })).toBe('c');
  expect(bottleneck(board().stages, {})).toBeNull();
});
test('the arrows go from card to card, over empty columns', () => {
  expect(neighbour(board(), 1, 'ArrowDown')).toBe(2);
  expect(neighbour(board(), 1, 'ArrowUp')).toBeNull();
  expect(neighbour(board(), 2, 'ArrowRight')).toBe(3);
  expect(neighbour(board(), 3, 'ArrowLeft')).toBe(1);
});
test('the keyboard moves a card to the next open stage only', () => {
  expect(nextStage(board(), 'a', 1)?.uid).toBe('b');
  expect(nextStage(board(), 'c', 1)).toBeNull();
});
