import type { Agent } from 'node:http';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { causeOf } from '../retry.ts';
import { proxyErrorIn } from '../transport/proxy-error.ts';
import type { ProxyError } from '../transport/proxy-error.ts';

/** How a socket ended, or why it never opened. */
export type SocketEnd =
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  /** The handshake was answered with HTTP instead. */
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Nobody was reached, or the connection broke before it opened. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** It ended at a proxy on the way. */
  | { readonly kind: 'proxy'; readonly error: ProxyError }
  /** The server sent more in one frame than is taken. */
  | { readonly kind: 'oversize' };

export interface SocketEvents {
  readonly opened: () => void;
  readonly message: (data: Uint8Array | string) => void;
  /** Is no longer full. */
  readonly drained: () => void;
  /** Once, and last. */
  readonly ended: (end: SocketEnd) => void;
}

export interface OpenSocket {
  /** So much waits to go out that no more should be sent before it has. */
  readonly isFull: boolean;
  /** Nothing happens when it is not open. */
  readonly send: (data: Uint8Array | string) => void;
  /** Closes in good order; nothing is told any more. */
  readonly close: () => void;
}

export interface SocketOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes in one frame. */
  readonly mostBytes: number;
  /** Milliseconds a handshake may take. */
  readonly openLimit: number;
  /** Milliseconds of silence after which a ping is sent; unanswered for as long again, the other end is gone. */
  readonly aliveEvery: number;
  readonly agent?: Agent | undefined;
}

/** Milliseconds a close may take in good order before the connection is cut. */
const CLOSE_LIMIT = 2_000;
const MOST_ANSWER = 4_096;
/** Bytes. */
const FULL = 8 * 2 ** 20;

/** A WebSocket as events that tell each ending once, and for what it is. */
export function openSocket(url: string, options: SocketOptions, events: SocketEvents): OpenSocket {
  let over = false;
  const socket = new WebSocket(url, {
    headers: options.headers,
    maxPayload: options.mostBytes,
    handshakeTimeout: options.openLimit,
    ...(options.agent === undefined ? {} : { agent: options.agent }),
    // Pictures are compressed already; deflating them again costs more than it saves.
    perMessageDeflate: false,
    followRedirects: false,
  });
  let failure: SocketEnd | null = null;
  const end = (how: SocketEnd): void => {
    if (over) return;
    over = true;
    events.ended(how);
  };
  let beat: NodeJS.Timeout | undefined;
  let opened = false;

  socket.on('upgrade', ({ socket: wire }) => {
    let [read, asked] = [0, false];
    // Any byte is a sign of life: a large answer takes its time, and no pong comes in the middle of it.
    beat = setInterval(() => {
      const silent = wire.bytesRead === read;
      read = wire.bytesRead;
      if (silent && asked) {
        end({ kind: 'unreachable', detail: `Nothing came for ${(2 * options.aliveEvery) / 1000} s` });
        socket.terminate();
      } else if (silent && socket.readyState === WebSocket.OPEN) socket.ping();
      asked = silent;
    }, options.aliveEvery);
    beat.unref();
  });
  socket.on('open', () => {
    opened = true;
    if (!over) events.opened();
  });
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!over) events.message(isBinary ? bytesOf(data) : bytesOf(data).toString('utf8'));
  });
  socket.on('unexpected-response', (request, response) => {
    let text = '';
    // A body that drips would keep the handshake open for ever.
    const limit = setTimeout(() => done(), options.openLimit);
    const done = (): void => {
      clearTimeout(limit);
      request.destroy();
      end({ kind: 'answered', status: response.statusCode ?? 0, text });
    };
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text = (text + chunk).slice(0, MOST_ANSWER);
    });
    response.once('end', done);
    response.once('close', done);
  });
  socket.on('error', (error) => {
    const atProxy = proxyErrorIn(error);
    failure =
      'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
        ? { kind: 'oversize' }
        : atProxy === null
          ? { kind: 'unreachable', detail: causeOf(error) }
          : { kind: 'proxy', error: atProxy };
    // Whether it ever opened cannot be seen of it any more: it is closing by now.
    if (!opened) end(failure);
  });
  socket.on('close', (code, reason) => {
    clearInterval(beat);
    const known = failure?.kind === 'oversize' ? failure : null;
    end(known ?? { kind: 'closed', code, reason: reason.toString('utf8') });
  });

  let full = false;
  return {
    get isFull() {
      return full;
    },
    send: (data) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(data, () => {
        if (!full || socket.bufferedAmount > FULL) return;
        full = false;
        if (!over) events.drained();
      });
      full = socket.bufferedAmount > FULL;
    },
    close: () => {
      over = true;
      if (socket.readyState === WebSocket.CONNECTING) {
        socket.terminate();
        return;
      }
      socket.close(1000);
      const cut = setTimeout(() => socket.terminate(), CLOSE_LIMIT);
      cut.unref();
      socket.once('close', () => clearTimeout(cut));
    },
  };
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
