/** What is kept on this device for one person: read by nobody else, forgotten when they sign out. */
const PREFIX = 'portulan.kept';
const keyOf = (person: number, name: string) => `${PREFIX}.${person}.${name}`;
/** Who signed out on this page: nothing more is kept for them before they come back. */
const left = new Set<number>();

export function kept(person: number, name: string): string | null {
  try {
    return localStorage.getItem(keyOf(person, name));
  } catch {
    return null;
  }
}
/** The names under which something is kept for this person, of those that begin so. */
export function keptNames(person: number, beginning: string): string[] {
  try {
    const whole = keyOf(person, beginning);
    return Object.keys(localStorage).flatMap((key) =>
      key.startsWith(whole) ? [key.slice(keyOf(person, '').length)] : [],
    );
  } catch {
    return [];
  }
}
/** Keeps a text, null to forget it; says whether the device took it. */
export function keep(person: number, name: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(keyOf(person, name));
    else if (left.has(person)) return false;
    else localStorage.setItem(keyOf(person, name), text);
    return true;
  } catch {
    return false;
  }
}
/** Forgets all that is kept for a person who signs out. */
export function forget(person: number): void {
  left.add(person);
  for (const name of keptNames(person, '')) keep(person, name, null);
}
