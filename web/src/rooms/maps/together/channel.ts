/** The line to the others who draw: y-protocols over a websocket, kept open, opened again when it breaks. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Finding } from '@/client/maps';
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

export class Channel {
  readonly people: awareness.Awareness;
  line: Line = 'connecting';
  may = false;
  private socket: WebSocket | null = null;
  private waiting = 0;
  private buffer: Uint8Array[] = [];
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_PAUSE;
  private keptN = 0;
  private toldN = 0;

  constructor(
    private readonly url: string,
    private readonly store: Store,
    private readonly hear: (told: Told | null) => void,
  ) {
    this.people = new awareness.Awareness(store.doc);
    this.people.setLocalState(null);
    store.doc.on('update', this.send);
    this.people.on('update', this.point);
    this.open();
    window.addEventListener('online', this.retry);
  }
  /** Whether everything I changed is kept, and the draft says it. */
  get saved(): boolean {
    return !this.store.waits && !this.buffer.length && !this.waiting && this.toldN >= this.keptN;
  }
  /** Whether something that I changed is only here. */
  get holds(): boolean {
    return this.store.waits || this.buffer.length > 0 || this.waiting > 0;
  }
  close(): void {
    window.removeEventListener('online', this.retry);
    this.store.doc.off('update', this.send);
    clearTimeout(this.again);
    this.flush();
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
      this.waiting = Math.max(0, this.waiting - 1);
      this.keptN = Math.max(this.keptN, told.n ?? 0);
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
    this.waiting = 0;
    if (this.may && this.store.synced) this.tell(MISSING, Y.encodeStateAsUpdate(this.store.doc, state));
  }
  private arrived(): void {
    this.line = 'live';
    this.pause = FIRST_PAUSE;
    this.store.arrive();
    this.people.setLocalState(this.people.getLocalState() ?? {});
    this.hear(null);
  }
  private readonly send = (update: Uint8Array, origin: unknown) => {
    if (origin === ELSEWHERE) return;
    this.buffer.push(update);
    this.gathering ??= setTimeout(() => this.flush(), GATHER);
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
    this.waiting += 1;
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
