import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { createCodec } from './codec.ts';
import type { Down, Up } from './wire.ts';

const codec = createCodec();

/** Takes frames to the page. */
type Sink = (frame: Uint8Array) => void;

interface Owner {
  /** A new document has opened the channel; its messages wait until this resolves. */
  opened(): Promise<void>;
  /** The document is gone: nothing it asked for can be answered any more. */
  closed(): void;
  message(message: Up): void;
}

const channels = new Map<string, Channel>();

/** The IPC line of one window. Each document of the window opens it anew; a later one ends an earlier one. */
export class Channel {
  readonly token = randomBytes(24).toString('hex');
  readonly #owner: Owner;
  /** Counts the documents that have come and gone. */
  generation = 0;
  #doc: string | undefined;
  #sink: Sink | undefined;
  #queue: Uint8Array[] = [];
  #incoming: Promise<void> | undefined;

  constructor(owner: Owner) {
    this.#owner = owner;
    channels.set(this.token, this);
  }

  /** Sends to the document now open, or keeps the message for the next one. Throws when it cannot be cloned. */
  post(message: Down): void {
    const frame = codec.encode(message);
    if (this.#sink) this.#sink(frame);
    else this.#queue.push(frame);
  }

  /** The document `doc` is there (again). Messages of another one are dropped from now on. */
  open(doc: string): void {
    if (this.#doc === doc) return;
    this.close();
    this.#doc = doc;
    const ready = this.#owner.opened().finally(() => {
      if (this.#incoming === ready) this.#incoming = undefined;
    });
    this.#incoming = ready;
  }

  /** Where frames to `doc` go. */
  setSink(doc: string, sink: Sink): void {
    this.open(doc);
    this.#sink = sink;
    for (const frame of this.#queue.splice(0)) sink(frame);
  }

  /** A frame from `doc`. */
  receive(doc: string, frame: Uint8Array): void {
    if (doc !== this.#doc) return;
    const message = codec.decode(frame) as Up; // only our own page code holds the token
    if (!this.#incoming) this.#owner.message(message);
    else {
      void this.#incoming.then(() => {
        if (doc === this.#doc) this.#owner.message(message);
      });
    }
  }

  /** The given document, or whichever is open, is gone. */
  close(doc = this.#doc): void {
    if (doc === undefined || doc !== this.#doc) return;
    this.generation++;
    this.#doc = undefined;
    this.#sink = undefined;
    this.#queue = [];
    this.#incoming = undefined;
    this.#owner.closed();
  }

  /** The window is gone for good. */
  destroy(): void {
    this.close();
    channels.delete(this.token);
  }
}

/** A WebSocket from a page: what to do with it once it is open, or undefined when it may not be opened. */
export function acceptUp(request: IncomingMessage, url: URL): ((socket: WebSocket) => void) | undefined {
  const channel = channels.get(request.headers['sec-websocket-protocol'] ?? '');
  const doc = url.searchParams.get('doc');
  if (!channel || !doc) return undefined;
  request.socket.setNoDelay(true);
  return (socket) => {
    channel.open(doc);
    socket.on('message', (data: Buffer) => channel.receive(doc, data));
    socket.on('close', () => channel.close(doc));
    socket.on('error', () => {});
  };
}

/** The endless response that carries frames to a page; false when the request may not have it. */
export function acceptDown(request: IncomingMessage, response: ServerResponse, url: URL): boolean {
  const channel = channels.get(String(request.headers['x-standin-token']));
  const doc = url.searchParams.get('doc');
  if (!channel || !doc || url.pathname !== '/__standin__/down') return false;
  request.socket.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  channel.setSink(doc, (frame) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(frame.byteLength, 0);
    response.cork();
    response.write(head);
    response.write(frame);
    response.uncork();
  });
  return true;
}
