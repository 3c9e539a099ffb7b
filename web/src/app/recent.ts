/** What was last opened from the search, kept on this machine for one person. */
export interface Recent {
  to: string;
  label: string;
  group: string;
}
const MOST = 6;
const key = (person: number) => `portulan.recent.${person}`;
const reads = (one: unknown): one is Recent =>
  typeof one === 'object' &&
  one !== null &&
  ['to', 'label', 'group'].every((name) => typeof (one as Record<string, unknown>)[name] === 'string');

/** The newest first, each place once. */
export const withRecent = (known: Recent[], one: Recent): Recent[] =>
  [one, ...known.filter((each) => each.to !== one.to)].slice(0, MOST);

export function recents(person: number): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(person)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(reads) : [];
  } catch {
    return [];
  }
}
export function keepRecent(person: number, one: Recent): void {
  try {
    localStorage.setItem(key(person), JSON.stringify(withRecent(recents(person), one)));
  } catch {
    // A full or closed storage only costs the list of recent places.
  }
}
