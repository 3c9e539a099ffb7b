import { expect, test } from 'vitest';
import type { MapDoc } from '@/client/maps';
import { measuresOf, withMeasures } from './measures';

const map = {
  measures: [
    { id: 'a', label: 'A', element: 'gagne' },
    { id: 'b', label: 'B', element: null },
    { id: 'c', label: 'C', element: 'gagne' },
  ],
} as unknown as MapDoc;
const at = (element: string, ...labels: string[]) =>
  withMeasures(
    map,
    element,
    labels.map((label) => ({ id: label.toLowerCase(), label })),
  );

test('what is counted at one step leaves the others where they are', () => {
  expect(measuresOf(at('gagne', 'C', 'D')).map(({ id, element }) => [id, element])).toEqual([
    ['b', null],
    ['c', 'gagne'],
    ['d', 'gagne'],
  ]);
  const whole = withMeasures(map, null, [{ id: 'e', label: 'E' }]);
  expect(measuresOf(whole).map(({ id, element }) => [id, element])).toEqual([
    ['a', 'gagne'],
    ['c', 'gagne'],
    ['e', null],
  ]);
  expect(measuresOf(withMeasures({} as MapDoc, 'x', [])).length).toBe(0);
});
