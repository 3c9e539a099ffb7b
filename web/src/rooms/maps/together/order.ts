/** Keys that put things in an order which several people may change at once: fractions in 62 digits, as on the server. */
export const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digit = (key: string, place: number) => (place < key.length ? DIGITS.indexOf(key[place]!) : 0);
const isKey = (key: unknown): key is string => typeof key === 'string' && key !== '';

/** A key between two others; `''` is before every key, null after. */
export function between(low: string, high: string | null): string {
  let key = '';
  for (let place = 0; ; place += 1) {
    const below = digit(low, place);
    const above = high === null ? DIGITS.length : digit(high, place);
    if (above - below > 1) return key + DIGITS[(below + above) >> 1];
    if (above !== below) high = null;
    key += DIGITS[below];
  }
}
/** So many keys between two others, in order. */
export function spread(low: string, high: string | null, count: number): string[] {
  if (count === 0) return [];
  const middle = between(low, high);
  const left = count >> 1;
  return [...spread(low, middle, left), middle, ...spread(middle, high, count - left - 1)];
}
/** The keys to change so that ids stand in this order, as few as can be. */
export function arranged(ids: readonly string[], keys: ReadonlyMap<string, unknown>): Map<string, string> {
  const kept = longestRising(ids, keys);
  const changed = new Map<string, string>();
  let low = '';
  let waiting: string[] = [];
  const settle = (high: string | null) => {
    spread(low, high, waiting.length).forEach((key, index) => changed.set(waiting[index]!, key));
    waiting = [];
  };
  for (const id of ids) {
    if (!kept.has(id)) {
      waiting.push(id);
      continue;
    }
    const key = keys.get(id) as string;
    settle(key);
    low = key;
  }
  settle(null);
  return changed;
}
interface Link {
  id: string;
  below: Link | null;
}
/** The most ids whose keys already rise strictly (patience sorting). */
function longestRising(ids: readonly string[], keys: ReadonlyMap<string, unknown>): Set<string> {
  const tops: string[] = [];
  const piles: Link[] = [];
  for (const id of ids) {
    const key = keys.get(id);
    if (!isKey(key)) continue;
    const place = tops.findIndex((top) => top >= key);
    const at = place < 0 ? tops.length : place;
    tops[at] = key;
    piles[at] = { id, below: at ? piles[at - 1]! : null };
  }
  const kept = new Set<string>();
  for (let link = piles.at(-1) ?? null; link; link = link.below) kept.add(link.id);
  return kept;
}
/** Sorts by key, then by id: what two people put in one place has one order for everybody. */
export function sorted<T extends { id: string; key: unknown }>(listed: T[]): T[] {
  const text = (key: unknown) => (isKey(key) ? key : '');
  return listed.sort((a, b) => compare(text(a.key), text(b.key)) || compare(a.id, b.id));
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
