import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatherer } from './live';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst of changes refreshes each query once', () => {
  const invalidateQueries = vi.fn();
  const heard = gatherer({ invalidateQueries });
  for (let times = 0; times < 50; times += 1) heard('record.changed', { object: 'opportunity', id: 7 });
  expect(invalidateQueries).not.toHaveBeenCalled();
  vi.runAllTimers();
  const keys = invalidateQueries.mock.calls.map(([{ queryKey }]) => JSON.stringify(queryKey));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain('["board"]');
  expect(keys).toContain('["record","opportunity","7"]');
});
test('what nobody told us about refreshes nothing', () => {
  const invalidateQueries = vi.fn();
  gatherer({ invalidateQueries })('weather.changed', {});
  vi.runAllTimers();
  expect(invalidateQueries).not.toHaveBeenCalled();
});
