import { expect, test } from 'vitest';
import { toPlace, toSeconds, written } from './filters';

test('a place on the slider of durations is found again from its seconds', () => {
  for (const place of [0, 17, 50, 99, 100]) expect(toPlace(toSeconds(place, 9e6), 9e6)).toBe(place);
  expect(toPlace(0, 0)).toBe(0);
});
test('no filter is an empty text, a stack is a list', () => {
  expect(written([])).toBe('');
  expect(JSON.parse(written([{ kind: 'through', step: 'a' }]))).toEqual([{ kind: 'through', step: 'a' }]);
});
