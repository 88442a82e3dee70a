import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AgentFor } from './connection.ts';

/** As much of `fetch` as the client needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Milliseconds of silence after which the system asks whether the other end is there: routers forget a mute connection. */
const KEEP_ALIVE = 30_000;

/**
 * `fetch` by `node:http`, which waits for an answer as long as it takes: undici, behind the global one, gives up after
 * 300 s without a head, and Node does not let out the agent that could change that. Redirects are answers and not
 * followed, so that the key stays. `agentFor` gives the way there, for proxies and the like.
 */
export function patientFetch(agentFor: AgentFor = () => undefined): Fetch {
  return (address, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(address);
      const signal = init.signal ?? undefined;
      const agent = agentFor(url);
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(signal === undefined ? {} : { signal }),
        ...(agent === undefined ? {} : { agent }),
      });
      request.on('error', reject);
      request.once('socket', (socket) => socket.setKeepAlive(true, KEEP_ALIVE));
      request.once('response', (message) => resolve(responseOf(message)));
      // As bytes: Node joins text to the head and writes both as UTF-8, but a header's letters are Latin-1.
      request.end(typeof init.body === 'string' ? Buffer.from(init.body, 'utf8') : undefined);
    });
}

function responseOf(message: IncomingMessage): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) message.resume();
  return new Response(empty ? null : bodyOf(message), { status, headers });
}

/** Each piece as it comes, no faster than it is read; an error where the connection ended before its time. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      message.on('data', (chunk: Buffer<ArrayBuffer>) => {
        controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        if ((controller.desiredSize ?? 0) <= 0) message.pause();
      });
      message.once('end', () => controller.close());
      message.once('error', (error) => controller.error(error));
      message.pause();
    },
    pull() {
      message.resume();
    },
    cancel() {
      // What is still on its way has no place to go.
      message.removeAllListeners('data').removeAllListeners('end');
      message.destroy();
    },
  });
}
