import { describe, expect, it } from 'vitest';
import type { Dots } from './dots';
import { along, between, placesAt, spanOf, type Stage } from './replay';

const stage: Stage = {
  middles: new Map([
    ['a', { x: 0, y: 0 }],
    ['d', { x: 100, y: 0 }],
  ]),
  routes: new Map([
    [
      'a>d',
      [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
      ],
    ],
  ]),
};
const dots: Dots = {
  from: '2026-03-01T08:00:00Z',
  steps: [
    { id: 'a', label: 'Appel', cases: 2 },
    { id: 'd', label: 'Devis', cases: 2 },
  ],
  cases: ['c0', 'c1'],
  offsets: [0, 2, 4],
  step: [0, 1, 0, 1],
  at: [0, 100, 50, 250],
  sentence: '',
};

describe('a case on the map', () => {
  it('is at a share of the length of a line, whatever its bends', () => {
    const bent = [
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 10 },
    ];
    expect(along(bent, 0.5)).toEqual({ x: 20, y: 0 });
    expect(along(bent, 1)).toEqual({ x: 30, y: 10 });
  });
  it('jumps where no passage is drawn, and is nowhere beside the map', () => {
    expect(between(stage, 'd', 'a', 0.2)).toEqual({ x: 100, y: 0 });
    expect(between(stage, 'd', 'a', 0.8)).toEqual({ x: 0, y: 0 });
    expect(between(stage, 'x', 'y', 0.5)).toBeNull();
  });
  it('is shown while it is under way, alone', () => {
    expect(placesAt(dots, stage, 75, false)).toEqual([
      { row: 0, at: { x: 75, y: 0 } },
      { row: 1, at: { x: 12.5, y: 0 } },
    ]);
    expect(placesAt(dots, stage, 200, false).map((one) => one.row)).toEqual([1]);
  });
  it('begins with the others when all begin at once', () => {
    expect(placesAt(dots, stage, 50, true).map((one) => one.at.x)).toEqual([50, 25]);
    expect(spanOf(dots, false)).toBe(250);
    expect(spanOf(dots, true)).toBe(100);
  });
});
