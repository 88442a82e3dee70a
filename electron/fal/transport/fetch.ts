import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AgentFor } from '../connection.ts';
import { endedBy } from './proxy-agent.ts';

/** As much of `fetch` as the client needs; bodies are text. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Milliseconds of silence after which the system asks whether the other end is there: routers forget a mute connection. */
const KEEP_ALIVE = 30_000;
/** Milliseconds for the head of an answer, and between two pieces of its body, where nobody set another. */
const PATIENCE = 300_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * `fetch` by `node:http`, so that one agent serves calls, uploads and sockets alike: the global one takes no agent of
 * `node:http`'s, and what it takes Node does not let out. `agentFor` gives the way to each address.
 */
export function fetchBy(agentFor: AgentFor, limit: number | null = PATIENCE): Fetch {
  return async (address, init = {}) => {
    let url = new URL(address);
    for (let hop = 0; ; hop += 1) {
      const response = await once(url, init, agentFor, limit);
      const { redirect = 'follow' } = init;
      const refused = redirect === 'error' && REDIRECTS.has(response.status);
      const to = redirect === 'follow' ? elsewhere(url, init, response) : null;
      if (to === null && !refused) return response;
      await response.body?.cancel();
      if (to === null) throw new Error('A redirect, where none may be');
      if (hop >= MOST_REDIRECTS) throw new Error('Too many redirects');
      url = to;
    }
  };
}

/**
 * Waits for an answer as long as it takes: models may think for more than the 300 s that others wait. Redirects are answers
 * and not followed, so that the key stays.
 */
export function patientFetch(agentFor: AgentFor = () => undefined): Fetch {
  const patient = fetchBy(agentFor, null);
  return (url, init) => patient(url, { ...init, redirect: 'manual' });
}

/** Where an answer sends us; null where it is one, or nothing may follow it there. */
function elsewhere(from: URL, { method = 'GET' }: RequestInit, { status, headers }: Response): URL | null {
  const location = headers.get('location');
  if (location === null || !REDIRECTS.has(status)) return null;
  const to = URL.parse(location, from.href);
  // What came by https does not go on in clear, and nothing is sent twice.
  const isSafe = to !== null && (to.protocol === 'https:' || to.protocol === from.protocol);
  return isSafe && (method === 'GET' || method === 'HEAD') ? to : null;
}

function once(url: URL, init: RequestInit, agentFor: AgentFor, limit: number | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { body = null, signal = null } = init;
    if (body !== null && typeof body !== 'string') throw new TypeError('Only text can be sent');
    const agent = agentFor(url);
    const headers = new Headers(init.headers);
    // A part is counted in the bytes of the file, and events must not wait for one another to be packed.
    if (!headers.has('range') && !(headers.get('accept') ?? '').includes('event-stream'))
      headers.set('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
    if (signal?.aborted === true) throw stopped(signal);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(headers),
      ...(signal === null ? {} : endedBy(signal)),
      ...(agent === undefined ? {} : { agent }),
    });
    const late = (): void => void request.destroy(new Error(`No answer within ${(limit ?? 0) / 1000} s`));
    const timer = limit === null ? undefined : setTimeout(late, limit);
    // While the connection is being made, a request that is destroyed says nothing yet.
    const stop = (): void => reject(stopped(signal));
    signal?.addEventListener('abort', stop, { once: true });
    const settled = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    request.on('error', (error) => {
      settled();
      reject(error);
    });
    request.once('socket', (socket) => socket.setKeepAlive(true, KEEP_ALIVE));
    // One that goes over to another protocol unasked ends without an answer and without an error.
    request.once('close', () => {
      settled();
      reject(new Error('The connection was closed with no answer'));
    });
    request.once('response', (message) => {
      settled();
      if (limit !== null)
        message.setTimeout(limit, () => message.destroy(new Error(`Silent for ${limit / 1000} s`)));
      try {
        resolve(responseOf(message, signal));
      } catch (cause) {
        message.destroy();
        reject(new Error(`HTTP ${message.statusCode ?? 0} is no answer`, { cause }));
      }
    });
    // As bytes: Node joins text to the head and writes both as UTF-8, but a header's letters are Latin-1.
    request.end(body === null ? undefined : Buffer.from(body, 'utf8'));
  });
}

const stopped = (signal: AbortSignal | null): Error =>
  new Error('The operation was aborted', { cause: signal?.reason });

/** Throws for a status that is none. */
function responseOf(message: IncomingMessage, signal: AbortSignal | null): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) message.resume();
  return new Response(empty ? null : bodyOf(message, unpacked(message), signal), { status, headers });
}

/** The body as it was before it was packed for the way, each piece as soon as it can be told. */
function unpacked(message: IncomingMessage): Readable {
  const way = message.headers['content-encoding']?.toLowerCase();
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  const brotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };
  const unpack =
    way === 'gzip'
      ? createGunzip(flush)
      : way === 'deflate'
        ? createInflate(flush)
        : way === 'br'
          ? createBrotliDecompress(brotli)
          : null;
  if (unpack === null) return message;
  message.once('error', (error) => unpack.destroy(error));
  return message.pipe(unpack);
}

/**
 * Each piece as it comes, no faster than it is read; an error where the connection ended before its time. So also where it
 * was stopped: of a message that has wholly arrived Node throws away what is not read yet, and calls that its end.
 */
function bodyOf(
  message: IncomingMessage,
  body: Readable,
  signal: AbortSignal | null,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let over = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      const piece = (chunk: Buffer<ArrayBuffer>): void => {
        controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        if ((controller.desiredSize ?? 0) <= 0) body.pause();
      };
      const ended = (): void => {
        over();
        controller.close();
      };
      const failed = (error: Error): void => {
        over();
        controller.error(error);
      };
      const stop = (): void => {
        failed(stopped(signal));
        body.destroy();
      };
      over = () => {
        body.off('data', piece).off('end', ended);
        signal?.removeEventListener('abort', stop);
      };
      // The last stays, so that what comes late is no fault of the program.
      body.on('data', piece).on('end', ended).on('error', failed);
      body.pause();
      signal?.addEventListener('abort', stop, { once: true });
    },
    pull() {
      body.resume();
    },
    cancel() {
      // What is still on its way has no place to go.
      over();
      message.destroy();
    },
  });
}
