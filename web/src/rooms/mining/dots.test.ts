import { describe, expect, it } from 'vitest';
import { beside, cloudOf, type Dots, huesOf, HUES, nearest, rowOf } from './dots';

const dots: Dots = {
  from: '2026-03-01T08:00:00Z',
  steps: [
    { id: 'a', label: 'Appel', cases: 3 },
    { id: 'd', label: 'Devis', cases: 2 },
  ],
  cases: ['c0', 'c1', 'c2'],
  offsets: [0, 2, 3, 5],
  step: [0, 1, 0, 0, 1],
  at: [50, 150, 0, 100, 110],
  sentence: '',
};
const size = { w: 100, h: 30 };

describe('the cloud of dots', () => {
  it('puts cases in the order in which they begin, over the time of the log', () => {
    const cloud = cloudOf(dots, 'time', 'begin');
    expect(cloud.lines).toEqual([1, 0, 2]);
    expect([...cloud.x]).toEqual([50 / 150, 1, 0, 100 / 150, 110 / 150]);
    expect([...cloud.line]).toEqual([1, 1, 0, 2, 2]);
  });
  it('has every case begin at once, the shortest first', () => {
    const cloud = cloudOf(dots, 'since', 'length');
    expect(cloud.lines).toEqual([1, 2, 0]);
    expect([...cloud.x]).toEqual([0, 1, 0, 0, 0.1]);
  });
  it('finds the dot that is pointed at, and none where there is none', () => {
    const cloud = cloudOf(dots, 'time', 'begin');
    expect(nearest(cloud, { x: 98, y: 15 }, size)).toBe(1);
    expect(nearest(cloud, { x: 15, y: 29 }, size)).toBeNull();
    expect(rowOf(cloud, 1)).toBe(0);
  });
  it('goes along a case and from case to case, and stays at the ends', () => {
    const cloud = cloudOf(dots, 'time', 'begin');
    expect(beside(dots, cloud, 0, 'right')).toBe(1);
    expect(beside(dots, cloud, 1, 'right')).toBe(1);
    expect(beside(dots, cloud, 1, 'down')).toBe(4);
    expect(beside(dots, cloud, 2, 'up')).toBe(2);
  });
  it('gives the most frequent steps a colour of their own', () => {
    const many = Array.from({ length: HUES + 2 }, (_, n) => ({ id: `s${n}`, label: '', cases: n }));
    const hues = huesOf({ ...dots, steps: many });
    expect(hues.filter((hue) => hue === HUES)).toHaveLength(2);
    expect(hues[HUES + 1]).toBe(0);
  });
});
