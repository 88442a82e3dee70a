import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { debug } from './launch.ts';
import type { Protocol } from './protocol.ts';

type Commands = Protocol.CommandParameters;
type Results = Protocol.CommandReturnValues;
type EventName = keyof Protocol.Events;

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

// The whole conversation is too much unless one asks for it.
const isTraced = process.env['STANDIN_DEBUG'] === 'cdp';

function trace(direction: string, text: string): void {
  if (isTraced) debug(direction, Math.round(performance.now()), text.slice(0, 400));
}

/** One DevTools session: the browser's, or that of one target. */
export class CdpSession {
  readonly #events = new EventEmitter({ captureRejections: false });
  readonly #connection: CdpConnection;
  readonly id: string | undefined;

  constructor(connection: CdpConnection, id: string | undefined) {
    this.#connection = connection;
    this.id = id;
    this.#events.setMaxListeners(0);
  }

  /** Sends a command. Rejects with the browser's message, or when the target or the browser goes away. */
  send<M extends keyof Commands & keyof Results>(method: M, params?: Commands[M]): Promise<Results[M]> {
    return this.#connection.send(this.id, method, params);
  }

  /** As `send`, for commands whose failure only means that the target is going away. */
  async try<M extends keyof Commands & keyof Results>(
    method: M,
    params?: Commands[M],
  ): Promise<Results[M] | undefined> {
    try {
      return await this.send(method, params);
    } catch {
      return undefined;
    }
  }

  on<E extends EventName>(event: E, listener: (params: Protocol.Events[E]) => void): void {
    this.#events.on(event, listener);
  }

  /** The session of a target attached through this one. */
  child(id: string): CdpSession {
    return this.#connection.session(id);
  }

  /** Called by the connection only. */
  deliver(event: string, params: unknown): void {
    this.#events.emit(event, params);
  }
}

/** Chromium's DevTools pipe: JSON messages, each ended by a zero byte. */
export class CdpConnection {
  readonly root: CdpSession = new CdpSession(this, undefined);
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #write: Writable;
  #chunks: Buffer[] = [];
  #nextId = 0;
  #closed = false;

  constructor(write: Writable, read: Readable) {
    this.#write = write;
    write.on('error', () => this.close());
    read.on('error', () => this.close());
    read.on('close', () => this.close());
    read.on('data', (chunk: Buffer) => this.#onData(chunk));
  }

  /** The session of an attached target; the same object for the same id. */
  session(id: string): CdpSession {
    let session = this.#sessions.get(id);
    if (!session) {
      session = new CdpSession(this, id);
      this.#sessions.set(id, session);
    }
    return session;
  }

  forget(id: string): void {
    this.#sessions.delete(id);
  }

  /** Rejects everything under way; later commands reject at once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new Error(`${waiting.method}: Chromium is gone`));
    }
    this.#waiting.clear();
  }

  send<M extends keyof Results>(
    sessionId: string | undefined,
    method: M,
    params: unknown,
  ): Promise<Results[M]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error(`${method}: Chromium is gone`));
        return;
      }
      const id = ++this.#nextId;
      // The one place where the wire is taken at its word: the browser answers its own protocol.
      this.#waiting.set(id, { method, reject, resolve: (result) => resolve(result as Results[M]) });
      const text = JSON.stringify({ id, method, params: params ?? {}, sessionId });
      trace('>', text);
      this.#write.write(`${text}\0`);
    });
  }

  #onData(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#chunks.push(rest.subarray(0, end));
      const text = Buffer.concat(this.#chunks).toString('utf8');
      this.#chunks = [];
      rest = rest.subarray(end + 1);
      trace('<', text);
      this.#onMessage(JSON.parse(text));
    }
    if (rest.length > 0) this.#chunks.push(rest);
  }

  #onMessage(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting?.resolve(message.result);
      return;
    }
    if (message.method === undefined) return;
    const session = message.sessionId === undefined ? this.root : this.#sessions.get(message.sessionId);
    session?.deliver(message.method, message.params);
  }
}
