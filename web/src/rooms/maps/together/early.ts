/** A map until its shared document is here: what I change is shown, and goes into the document when it arrives. */
import type { Drawing } from './document';

export class Early {
  present: Drawing;
  readonly synced = false;
  private base: Drawing;
  private readonly listeners = new Set<() => void>();

  constructor(readonly first: Drawing) {
    this.present = this.base = first;
  }
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly get = () => this.present;
  change(next: Drawing): void {
    this.present = next;
    for (const listener of this.listeners) listener();
  }
  rebase(kept: Drawing): void {
    this.base = kept;
  }
  get waits(): boolean {
    return this.present !== this.base;
  }
  undo(): void {}
  redo(): void {}
  readonly undoable = false;
  readonly redoable = false;
}
