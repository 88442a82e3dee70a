import { once } from 'node:events';
import { decode, encode } from '@msgpack/msgpack';
import { WebSocket } from 'ws';
import { call, text } from '../testing.ts';
import type { LocalModel } from '../types.ts';
import type { RealtimeModel } from './types.ts';

/** A client that knows nothing of the server's code: what came is what was on the wire. */
export type Message = { readonly binary: boolean; readonly bytes: Buffer };

export class Client {
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #came: Message[] = [];
  #wake: (() => void) | null = null;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, binary) => {
      if (Buffer.isBuffer(data)) this.#came.push({ binary, bytes: data });
      this.#wake?.();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
    });
    void this.closed.then(() => this.#wake?.());
  }

  /** Rejects with a Refusal when the upgrade is answered with anything else. */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Client> {
    const socket = new WebSocket(url, { headers: { ...headers }, maxPayload: 0 });
    // Before the handshake is over: a server may speak first.
    const client = new Client(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.once('end', () => {
          reject(new Refusal(response.statusCode ?? 0, body));
          socket.terminate();
        });
      });
    });
    return client;
  }

  send(input: unknown): void {
    this.socket.send(encode(input));
  }

  sendText(input: unknown): void {
    this.socket.send(JSON.stringify(input));
  }

  /** The next frame; rejects when the socket closes before it. */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#came.shift();
      if (message) return message;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('The socket closed');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next frame, which must be binary MessagePack. */
  async result(): Promise<unknown> {
    const { binary, bytes } = await this.next();
    if (!binary) throw new Error(`Expected bytes, found ${bytes.toString('utf8')}`);
    // A copy: of a Buffer the decoder would make Buffers.
    return decode(new Uint8Array(bytes));
  }

  /** The next frame, which must be JSON text. */
  async control(): Promise<unknown> {
    const { binary, bytes } = await this.next();
    if (binary) throw new Error(`Expected text, found ${JSON.stringify(decode(bytes))}`);
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  }

  async ask(input: unknown): Promise<unknown> {
    this.send(input);
    const result = await this.result();
    await this.control();
    return result;
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    if (this.socket.readyState !== WebSocket.CLOSED) await once(this.socket, 'close');
  }
}

export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: string) {
    super(`The upgrade was answered ${status}: ${body}`);
    this.status = status;
    try {
      this.body = JSON.parse(body);
    } catch {
      this.body = body;
    }
  }
}

export async function tokenFor(rest: string, app: string, seconds = 120): Promise<string> {
  const reply = await call(`${rest}/tokens/`, { json: { allowed_apps: [app], token_expiration: seconds } });
  return text(reply.body);
}

/** A model that only speaks live, and takes whatever has no `bad` in it. */
export function liveModel(endpointId: string, realtime: RealtimeModel): LocalModel {
  return {
    endpointId,
    metadata: {
      display_name: 'Live',
      category: 'text-to-image',
      description: 'Speaks live.',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    realtime,
    openapi: () => ({ openapi: '3.0.4' }),
    validate: (input) =>
      typeof input === 'object' && input !== null && 'bad' in input
        ? [{ loc: ['body', 'bad'], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' }]
        : null,
    async *run() {
      yield { kind: 'output', data: {} };
    },
  };
}
