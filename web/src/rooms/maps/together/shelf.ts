/**
 * Changes that the server does not have yet, kept on this device: a closed tab loses none of them.
 * Each tab has its own place, so that none writes over another; whoever is next on the map takes what all of them left.
 */
import { fromBase64, toBase64 } from 'lib0/buffer';
import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';
import { keep, kept, keptNames } from '@/client/device';

export interface Held {
  /** How many changes, as people count them. */
  n: number;
  update: Uint8Array;
}
export class Shelf {
  private readonly map: string;
  private readonly own: string;
  /** What other tabs left, as it was taken. */
  private readonly taken = new Map<string, string>();

  constructor(
    private readonly person: number,
    map: string,
    tab: string = uuidv4(),
  ) {
    this.map = `map.${map}.`;
    this.own = this.map + tab;
  }
  /** What other tabs left. */
  take(): Held[] {
    return keptNames(this.person, this.map).flatMap((name) => {
      const text = name === this.own ? null : kept(this.person, name);
      if (text === null) return [];
      this.taken.set(name, text);
      const held = read(text);
      return held ? [held] : [];
    });
  }
  /** Keeps these changes in the place of what this tab had there; says whether the device took them. */
  put(n: number, updates: Uint8Array[]): boolean {
    return keep(this.person, this.own, `${n} ${toBase64(Y.mergeUpdates(updates))}`);
  }
  /** The server has it all: forgets what this tab kept, and what others left and have not added to since. */
  clear(): void {
    keep(this.person, this.own, null);
    for (const [name, text] of this.taken) if (kept(this.person, name) === text) keep(this.person, name, null);
    this.taken.clear();
  }
}
function read(text: string): Held | null {
  const [, n, update] = /^(\d+) ([\w+/=]+)$/.exec(text) ?? [];
  if (!update) return null;
  try {
    const bytes = fromBase64(update);
    Y.decodeUpdate(bytes);
    return { n: Number(n), update: bytes };
  } catch {
    return null;
  }
}
