import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/** The other side of a port that has been sent to a page. */
export interface RemotePort {
  send(data: unknown): void;
  close(): void;
}

// Kept outside the class, so that the app sees nothing but Electron's members on it.
const peers = new WeakMap<MessagePortMain, MessagePortMain>();
const remotes = new WeakMap<MessagePortMain, RemotePort>();

/** Electron's MessagePortMain. Its messages may hold bytes, but no further ports: the app sends none. */
export class MessagePortMain extends EventEmitter {
  #queue: unknown[] = [];
  #started = false;
  #closed = false;

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in sends no ports over ports');
    const peer = peers.get(this);
    if (!this.#closed && peer) deliver(peer, remotes.has(peer) ? message : structuredClone(message));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const data of this.#queue.splice(0)) this.receive(data);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const peer = peers.get(this);
    if (peer) disconnect(peer);
  }

  /** For this file: a message has come for this port. */
  receive(data: unknown): void {
    if (!this.#started) this.#queue.push(data);
    else if (!this.#closed) queueMicrotask(() => this.emit('message', { data, ports: [] }));
  }

  /** For this file: the other side is gone. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }

  /** For this file: what came before the port was sent on. */
  takeQueue(): unknown[] {
    return this.#queue.splice(0);
  }
}

function deliver(port: MessagePortMain, data: unknown): void {
  const remote = remotes.get(port);
  if (remote) remote.send(data);
  else port.receive(data);
}

function disconnect(port: MessagePortMain): void {
  const remote = remotes.get(port);
  remotes.delete(port);
  if (remote) remote.close();
  else port.ended();
}

/** A port leaves main for a page. What it had received goes with it. */
export function sendToPage(port: MessagePortMain, remote: RemotePort): void {
  if (remotes.has(port)) throw new Error('Port at index 0 is already neutered');
  remotes.set(port, remote);
  for (const data of port.takeQueue()) remote.send(data);
}

/** A message that a page posted on its end of `port`. */
export function fromPage(port: MessagePortMain, data: unknown): void {
  const peer = peers.get(port);
  if (peer) deliver(peer, data);
}

/** The page's end of `port` is closed, or the page is gone. */
export function closedByPage(port: MessagePortMain): void {
  remotes.delete(port);
  const peer = peers.get(port);
  if (peer) disconnect(peer);
}

/** Electron's MessageChannelMain. */
export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    peers.set(this.port1, this.port2);
    peers.set(this.port2, this.port1);
  }
}

// `on` is EventEmitter's; the rest is held to Electron's class.
const channel = new MessageChannelMain();
channel.port1 satisfies Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>;
