import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from 'ws';
import { acceptDown, acceptUp } from './channel.ts';
import { debug } from './launch.ts';
import { parseHost, setServerPort, toAppUrl } from './scheme-urls.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, SchemeHandler>();

/** The handler behind `protocol.handle`; undefined removes it. */
export function setSchemeHandler(scheme: string, handler: SchemeHandler | undefined): void {
  if (handler) handlers.set(scheme, handler);
  else handlers.delete(scheme);
}

/** Starts the server that stands behind the custom schemes and carries IPC. Resolves when it listens. */
export async function startSchemeServer(): Promise<void> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void serve(request, response).catch((error: unknown) => {
      // What Electron turns into net::ERR_FAILED: the page sees a network error, not a status.
      if (!response.headersSent) console.error(`Error in protocol handler for ${request.url}:`, error);
      response.destroy();
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 2 ** 30, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const known = parseHost(request.headers.host);
    const url = new URL(request.url ?? '/', 'http://x');
    const accept = known && url.pathname === '/__standin__/ipc' ? acceptUp(request, url) : undefined;
    if (!accept) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, accept);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (typeof address === 'object' && address) setServerPort(address.port);
  server.unref();
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Any page and any program on this machine can reach the port; only the window uses these host names.
  const known = parseHost(request.headers.host);
  const path = request.url ?? '/';
  if (known && path.startsWith('/__standin__/')) {
    if (!acceptDown(request, response, new URL(path, 'http://x'))) response.writeHead(403).end();
    return;
  }
  if (known && path === '/favicon.ico') {
    response.writeHead(204).end(); // Chromium asks for it by itself, Electron does not
    return;
  }
  const handler = known && handlers.get(known.scheme);
  if (!known || !handler) {
    response.writeHead(404).end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await handler(
    await toRequest(request, `${known.scheme}://${known.host}${path}`, gone.signal),
  );
  if (answer.type === 'error') throw new Error('the handler answered Response.error()');
  response.writeHead(answer.status, answer.statusText, headersOf(answer));
  if (request.method === 'HEAD' || !answer.body) {
    await answer.body?.cancel();
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(answer.body, { objectMode: false }), response);
  } catch (error) {
    // Usually the page that went away; a body that failed half-way ends the connection the same way.
    debug('body of', path, 'ended early:', error);
  }
}

async function toRequest(request: IncomingMessage, url: string, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'host' || name === 'connection') continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    headers.set(name, name === 'referer' ? toAppUrl(text) : name === 'origin' ? appOrigin(text) : text);
  }
  const method = request.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal });
  return new Request(url, { method, headers, signal, body: new Uint8Array(await buffer(request)) });
}

function appOrigin(origin: string): string {
  return toAppUrl(`${origin}/`).replace(/\/$/, '');
}

/** Name, value, name, value: the one form that keeps repeated headers apart. */
function headersOf(answer: Response): string[] {
  return [...answer.headers].flat();
}
