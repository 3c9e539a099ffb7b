/** The line to the others who draw: y-protocols over a websocket, kept open, opened again when it breaks. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Finding } from '@/client/maps';
import type { Shelf } from './shelf';
import { ELSEWHERE, type Store } from './store';

export type Line = 'connecting' | 'live' | 'offline' | 'gone';
export interface Told {
  kind: 'welcome' | 'may' | 'kept' | 'draft' | 'refused';
  may?: boolean;
  n?: number;
  version?: number;
  findings?: Finding[];
  say?: string;
}
const [SYNC, PRESENCE] = [0, 1];
const [STATE, MISSING, UPDATE] = [0, 1, 2];
const GATHER = 60;
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;
const [REFUSED, GONE] = [4403, 4404];
/** What other tabs could not send. */
const EARLIER = Symbol('earlier');

export class Channel {
  readonly people: awareness.Awareness;
  line: Line = 'connecting';
  may = false;
  private socket: WebSocket | null = null;
  /** How many changes are only here. */
  held = 0;
  /** Whether the device has no room for them: they last as long as this tab. */
  loose = false;
  private sent: Uint8Array[] = [];
  private buffer: Uint8Array[] = [];
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_PAUSE;
  private keptN = 0;
  private toldN = 0;

  constructor(
    private readonly url: string,
    private readonly store: Store,
    private readonly shelf: Shelf,
    private readonly hear: (told: Told | null) => void,
  ) {
    this.people = new awareness.Awareness(store.doc);
    this.people.setLocalState(null);
    store.undoing.on('stack-item-added', this.count);
    store.doc.on('update', this.send);
    this.people.on('update', this.point);
    this.open();
    window.addEventListener('online', this.retry);
    window.addEventListener('pagehide', this.hold);
  }
  /** Whether everything I changed is kept, and the draft says it. */
  get saved(): boolean {
    return !this.store.waits && !this.isAhead && this.toldN >= this.keptN;
  }
  /** Whether something that I changed would be lost with this tab. */
  get risks(): boolean {
    return this.store.waits || (this.isAhead && !this.hold());
  }
  private get isAhead(): boolean {
    return this.buffer.length > 0 || this.sent.length > 0;
  }
  close(): void {
    window.removeEventListener('online', this.retry);
    window.removeEventListener('pagehide', this.hold);
    this.store.undoing.off('stack-item-added', this.count);
    this.store.doc.off('update', this.send);
    clearTimeout(this.again);
    this.flush();
    this.hold();
    this.line = 'gone';
    this.people.destroy();
    this.socket?.close();
  }
  private readonly retry = () => {
    if (this.line === 'offline') this.open();
  };
  private open(): void {
    clearTimeout(this.again);
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => this.say(SYNC, STATE, Y.encodeStateVector(this.store.doc));
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') this.told(JSON.parse(data) as Told);
      else this.read(decoding.createDecoder(new Uint8Array(data)));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket && this.line !== 'gone') this.lost(code);
    };
  }
  private lost(code: number): void {
    this.socket = null;
    const others = [...this.people.getStates().keys()].filter((id) => id !== this.people.clientID);
    awareness.removeAwarenessStates(this.people, others, ELSEWHERE);
    if (code === REFUSED) this.release();
    else this.hold();
    if (code === GONE || code === REFUSED) this.line = 'gone';
    else {
      this.line = 'offline';
      this.again = setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    }
    this.hear(null);
  }
  private told(told: Told): void {
    if (told.may !== undefined) this.may = told.may;
    if (told.kind === 'kept') {
      this.sent.shift();
      this.keptN = Math.max(this.keptN, told.n ?? 0);
      if (!this.isAhead) this.release();
    }
    if (told.kind === 'draft' || told.kind === 'welcome') this.toldN = Math.max(this.toldN, told.n ?? 0);
    this.hear(told);
  }
  private read(given: decoding.Decoder): void {
    if (decoding.readVarUint(given) === PRESENCE) {
      awareness.applyAwarenessUpdate(this.people, decoding.readVarUint8Array(given), ELSEWHERE);
      return;
    }
    const step = decoding.readVarUint(given);
    const held = decoding.readVarUint8Array(given);
    if (step === STATE) this.give(held);
    else this.store.receive(held);
    if (step === MISSING) this.arrived();
  }
  /** The server says what it has: it gets what it lacks. */
  private give(state: Uint8Array): void {
    this.buffer = [];
    this.sent = [];
    if (this.may && this.store.synced) this.tell(MISSING, Y.encodeStateAsUpdate(this.store.doc, state));
  }
  private arrived(): void {
    this.line = 'live';
    this.pause = FIRST_PAUSE;
    this.store.arrive();
    if (this.may) this.bring();
    this.people.setLocalState(this.people.getLocalState() ?? {});
    this.hear(null);
  }
  /** What other tabs could not send goes into the document, and from there to the server. */
  private bring(): void {
    for (const { n, update } of this.shelf.take()) {
      this.held += n;
      Y.applyUpdate(this.store.doc, update, EARLIER);
    }
    if (!this.isAhead) this.release();
  }
  /** Keeps on this device what is only here; says whether it is kept. */
  private readonly hold = (): boolean => {
    if (!this.isAhead) return true;
    this.held = Math.max(1, this.held);
    this.loose = !this.shelf.put(this.held, [...this.sent, ...this.buffer]);
    return !this.loose;
  };
  private release(): void {
    this.sent = [];
    this.buffer = [];
    this.held = 0;
    this.shelf.clear();
  }
  private readonly count = ({ type }: { type: 'undo' | 'redo' }) => {
    if (type === 'undo') this.held += 1;
  };
  private readonly send = (update: Uint8Array, origin: unknown) => {
    if (origin === ELSEWHERE) return;
    this.buffer.push(update);
    this.gathering ??= setTimeout(() => this.flush(), GATHER);
    if (this.line === 'offline') this.hold();
    this.hear(null);
  };
  private flush(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (!this.buffer.length || this.line !== 'live') return;
    const update = Y.mergeUpdates(this.buffer);
    this.buffer = [];
    this.tell(UPDATE, update);
  }
  private tell(step: number, update: Uint8Array): void {
    this.sent.push(update);
    this.say(SYNC, step, update);
  }
  private readonly point = (_: unknown, origin: unknown) => {
    if (origin === 'local' && this.line === 'live')
      this.say(PRESENCE, null, awareness.encodeAwarenessUpdate(this.people, [this.people.clientID]));
    else this.hear(null);
  };
  private say(kind: number, step: number | null, held: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const told = encoding.createEncoder();
    encoding.writeVarUint(told, kind);
    if (step !== null) encoding.writeVarUint(told, step);
    encoding.writeVarUint8Array(told, held);
    this.socket.send(encoding.toUint8Array(told));
  }
}
