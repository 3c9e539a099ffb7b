/** A map as it is drawn now: what I change goes into the document, what others change comes out of it. */
import * as Y from 'yjs';
import { type Cache, type Drawing, read, ROOTS, write } from './document';

export const ELSEWHERE = Symbol('elsewhere');
const GATHERED = 500;

export class Store {
  readonly doc = new Y.Doc();
  readonly undoing: Y.UndoManager;
  present: Drawing;
  /** Whether the document is here; before, what I change waits. */
  synced = false;
  private readonly cache: Cache = new WeakMap();
  private readonly listeners = new Set<() => void>();
  private base: Drawing;

  constructor(first: Drawing) {
    this.present = this.base = first;
    const roots = ROOTS.map((name) => this.doc.getMap(name));
    this.undoing = new Y.UndoManager(roots, { trackedOrigins: new Set([this]), captureTimeout: GATHERED });
    for (const root of roots)
      root.observeDeep((events) => {
        for (const event of events) this.cache.delete(event.target as Y.Map<unknown>);
      });
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (this.synced && transaction.changed.size) this.show(read(this.doc, this.present, this.cache));
    });
    for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const)
      this.undoing.on(name, () => this.tell());
  }
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly get = () => this.present;

  /** Changes the drawing; what is undone together is what was changed in one breath without adding or removing. */
  change(next: Drawing): void {
    if (next === this.present || (next.map === this.present.map && next.layout === this.present.layout)) return;
    if (!this.synced) {
      this.show(next);
      return;
    }
    const grows = weight(next) !== weight(this.present);
    if (grows) this.undoing.stopCapturing();
    this.doc.transact(() => write(this.doc, this.present, next), this);
    if (grows) this.undoing.stopCapturing();
  }
  /** Takes in what the server or others changed. */
  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, ELSEWHERE);
  }
  /** The document is here: what I changed meanwhile goes into it. */
  arrive(): void {
    if (this.synced) return;
    const [base, mine] = [this.base, this.present];
    this.synced = true;
    this.present = read(this.doc, base, this.cache);
    if (mine !== base) this.doc.transact(() => write(this.doc, base, mine), this);
    this.tell();
  }
  /** What I changed is kept as it stands, though the document never came. */
  rebase(kept: Drawing): void {
    this.base = kept;
  }
  get waits(): boolean {
    return !this.synced && this.present !== this.base;
  }
  undo(): void {
    this.undoing.undo();
  }
  redo(): void {
    this.undoing.redo();
  }
  get undoable(): boolean {
    return this.undoing.undoStack.length > 0;
  }
  get redoable(): boolean {
    return this.undoing.redoStack.length > 0;
  }
  private show(next: Drawing): void {
    if (next.map === this.present.map && next.layout === this.present.layout) return;
    this.present = next;
    this.tell();
  }
  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
const weight = ({ map, layout }: Drawing) =>
  `${map.steps.length} ${map.passages.length} ${map.lanes.length} ${map.phases.length} ${Object.keys(layout.positions).length}`;
