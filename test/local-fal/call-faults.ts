import type { ServerResponse } from 'node:http';
import type { Exchange, LocalFalHooks } from '../../electron/local-fal/index.ts';

/**
 * Misbehaviour of calls, one by one, and of streams.
 *
 * - `USE-KIND[:N]`     the first N (1) calls of this use end so; nothing comes of them
 *   USE: `run` (direct calls, streams among them), `submit`, `status`, `events` (the status stream), `result`, `cancel`,
 *   `schema`, `price`, `initiate` (of an upload); `submit-503` is in faults.ts
 *   KIND: `429` with Retry-After 0, `429-date` with a date 5 s ahead; `499`, `500`, `503` (no runner was found), `504`,
 *   `504-user` in fal's words; `502`, `503-gateway`, `504-gateway` by something in between, `page` by a login with a 200;
 *   `malformed` a 200 whose JSON breaks off; `lost` no answer at all; `silent` none either, and the connection stays;
 *   `cut` the true answer, whose connection breaks in the middle; `stall-body` the same, but the connection stays, and
 *   the header `x-stalled` says so
 * - `stream-split`     each event comes in pieces, cut within characters of several bytes, else in the middle
 * - `stream-comments`  a comment line before each event
 * - `stream-done`      `[DONE]`, which is no JSON, after the last event
 * - `stream-stall[:N]` silence after N (1) events
 * - `stream-cut[:N]`   the connection breaks after N (1) events
 * - `long-urls`        requests' URLs name the whole id, and `/response` (fal-protocol §14)
 */
const USES = [
  'run',
  'submit',
  'status',
  'events',
  'result',
  'cancel',
  'schema',
  'price',
  'initiate',
] as const;
type Use = (typeof USES)[number];

const KINDS = [
  '429',
  '429-date',
  '499',
  '500',
  '502',
  '503',
  '503-gateway',
  '504',
  '504-user',
  '504-gateway',
  'page',
  'malformed',
  'lost',
  'silent',
  'cut',
  'stall-body',
] as const;
type Kind = (typeof KINDS)[number];

type UseFault = Exclude<`${Use}-${Kind}`, 'submit-503'>;
const isUseFault = (name: `${Use}-${Kind}`): name is UseFault => name !== 'submit-503';
const USE_NAMES = USES.flatMap((use) => KINDS.map((kind) => `${use}-${kind}` as const)).filter(isUseFault);
export const CALL_FAULT_NAMES = [
  ...USE_NAMES,
  'stream-split',
  'stream-comments',
  'stream-done',
  'stream-stall',
  'stream-cut',
  'long-urls',
] as const;
export type CallFaultName = (typeof CALL_FAULT_NAMES)[number];

/** Null for what is none of these. */
export function parseCallFault(text: string): { name: CallFaultName; value: string | null } | null {
  const colon = text.indexOf(':');
  const [word, value] = colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
  const name = CALL_FAULT_NAMES.find((known) => known === word);
  if (name === undefined) return null;
  const counts = name !== 'long-urls' && (!name.startsWith('stream-') || /stall|cut/.test(name));
  return value === null || (counts && /^\d+$/.test(value)) ? { name, value } : null;
}

/** Which use a call is of; null for what never goes wrong so. */
function useOf({ host, method, path }: Exchange): Use | null {
  switch (`${method} ${host ?? ''}`) {
    case 'POST run':
      return 'run';
    case 'POST queue':
      return 'submit';
    case 'PUT queue':
      return 'cancel';
    case 'GET queue':
      return path.endsWith('/status/stream') ? 'events' : path.endsWith('/status') ? 'status' : 'result';
    case 'POST rest':
      return path === 'storage/upload/initiate' ? 'initiate' : null;
    case 'GET site':
      return 'schema';
    case 'GET api':
    case 'POST api':
      return path === 'v1/models' ? 'schema' : path.startsWith('v1/models/pricing') ? 'price' : null;
    default:
      return null;
  }
}

export class CallFaults {
  #left = new Map<string, number>();
  readonly #onSilent: (response: ServerResponse) => void;

  /** Told of each answer that will never begin. */
  constructor(onSilent: (response: ServerResponse) => void = () => undefined) {
    this.#onSilent = onSilent;
  }

  set(values: ReadonlyMap<string, string | null>): void {
    this.#left = new Map(
      CALL_FAULT_NAMES.flatMap((name) => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, Number(value ?? 1)]];
      }),
    );
  }

  /** True when the call was answered here. */
  meet(exchange: Exchange): boolean {
    const use = useOf(exchange);
    if (use === null) return false;
    const kind = KINDS.find((known) => (this.#left.get(`${use}-${known}`) ?? 0) > 0);
    if (kind === undefined) return false;
    this.#left.set(`${use}-${kind}`, (this.#left.get(`${use}-${kind}`) ?? 0) - 1);
    if (kind === 'cut' || kind === 'stall-body') {
      const { response } = exchange;
      if (kind === 'stall-body') response.setHeader('x-stalled', 'yes');
      inTheMiddle(response, kind === 'cut');
      return false;
    }
    // With the request read: an answer before that reaches the client as a reset.
    exchange.request.resume().once('end', () => {
      if (kind === 'silent') this.#onSilent(exchange.response);
      else answer(exchange, kind);
    });
    return true;
  }

  get hooks(): Pick<LocalFalHooks, 'onStream' | 'longUrls'> {
    return {
      longUrls: () => this.#left.has('long-urls'),
      onStream: () => {
        const [stall, cut] = [this.#left.get('stream-stall'), this.#left.get('stream-cut')];
        return {
          split: this.#left.has('stream-split'),
          comments: this.#left.has('stream-comments'),
          ...(this.#left.has('stream-done') ? { closing: 'data: [DONE]\n\n' } : {}),
          ...(stall === undefined ? {} : { after: { events: stall, how: 'stall' } }),
          ...(cut === undefined ? {} : { after: { events: cut, how: 'cut' } }),
        };
      },
    };
  }
}

const GATEWAY = '<html><head><title>Bad gateway</title></head><body>nginx</body></html>';

const PAGE = '<!doctype html><title>Log in</title><h1>Welcome to our network</h1>';

/** The head and the first half of what follows it at once; an answer that comes bit by bit loses its end alone. */
function inTheMiddle(response: ServerResponse, cut: boolean): void {
  response.end = (text?: unknown) => {
    const half = typeof text === 'string' ? text.slice(0, text.length / 2) : '';
    response.write(half, () => void (cut && response.destroy()));
    return response;
  };
}

function answer({ response }: Exchange, kind: Exclude<Kind, 'silent' | 'cut' | 'stall-body'>): void {
  const told = (status: number, text: string, type: string, headers: Record<string, string> = {}): void => {
    const body = JSON.stringify({ detail: text, error_type: type });
    response.writeHead(status, { 'content-type': 'application/json', 'x-fal-error-type': type, ...headers });
    response.end(body);
  };
  const now = Date.now();
  const date = (ms: number): string => new Date(ms).toUTCString();
  switch (kind) {
    case '429':
      return told(429, 'Too many requests at once', 'concurrent_requests_limit', { 'retry-after': '0' });
    case '429-date':
      return told(429, 'Too many requests at once', 'concurrent_requests_limit', {
        date: date(now),
        'retry-after': date(now + 5_000),
      });
    case '499':
      return told(499, 'The client closed the request', 'client_disconnected');
    case '500':
      return told(500, 'The runner failed', 'runner_server_error');
    case '502':
      return void response.writeHead(502, { 'content-type': 'text/html' }).end(GATEWAY);
    case '503':
      return told(503, 'No runner could be scheduled', 'runner_scheduling_failure', { 'retry-after': '0' });
    case '503-gateway':
      return void response.writeHead(503, { 'content-type': 'text/html' }).end(GATEWAY);
    case '504':
      return told(504, 'The request timed out', 'request_timeout');
    case '504-user':
      return told(504, 'Not started in time', 'request_timeout', { 'x-fal-request-timeout-type': 'user' });
    case '504-gateway':
      return void response.writeHead(504, { 'content-type': 'text/html' }).end(GATEWAY);
    case 'page':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    case 'malformed':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"images": [');
    case 'lost':
      return void response.destroy();
  }
}
