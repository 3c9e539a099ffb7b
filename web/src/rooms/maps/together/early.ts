/** A map until its shared document is here: what I change is shown, and goes into the document when it arrives. */
import type { Drawing } from './document';
import type { Store } from './store';

export class Early {
  readonly synced = false;
  private drawn: Drawing;
  private base: Drawing;
  private heir: Store | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(readonly first: Drawing) {
    this.drawn = this.base = first;
  }
  get present(): Drawing {
    return this.heir?.present ?? this.drawn;
  }
  /** What I changed goes into the document, and so does what still reaches me before the screen knows it. */
  hand(heir: Store): void {
    heir.change(this.drawn);
    this.heir = heir;
  }
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly get = () => this.present;
  change(next: Drawing): void {
    if (this.heir) {
      this.heir.change(next);
      return;
    }
    this.drawn = next;
    for (const listener of this.listeners) listener();
  }
  rebase(kept: Drawing): void {
    this.base = kept;
  }
  get waits(): boolean {
    return this.drawn !== this.base;
  }
  undo(): void {}
  redo(): void {}
  readonly undoable = false;
  readonly redoable = false;
}
