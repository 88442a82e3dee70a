import type { Exchange, LocalFalHooks } from '../../electron/local-fal/index.ts';

/**
 * Misbehaviour of direct calls, submits and streams.
 *
 * - `run-KIND[:N]`     the first N (1) direct calls, streams among them, end so; nothing is run
 * - `submit-KIND[:N]`  the first N (1) submits; nothing is taken (`submit-503` is in faults.ts)
 *   KIND: `429` with Retry-After 0; `499`, `500`, `503` (no runner was found), `504`, `504-user` in fal's words;
 *   `502`, `504-gateway` by something in between; `malformed` a 200 whose JSON breaks off; `lost` no answer at all
 * - `stream-split`     each event comes in pieces, cut within characters of several bytes, else in the middle
 * - `stream-comments`  a comment line before each event
 * - `stream-done`      `[DONE]`, which is no JSON, after the last event
 * - `stream-stall[:N]` silence after N (1) events
 * - `stream-cut[:N]`   the connection breaks after N (1) events
 * - `long-urls`        requests' URLs name the whole id, and `/response` (fal-protocol §14)
 */
const KINDS = [
  '429',
  '499',
  '500',
  '502',
  '503',
  '504',
  '504-user',
  '504-gateway',
  'malformed',
  'lost',
] as const;
type Kind = (typeof KINDS)[number];

const RUN_NAMES = KINDS.map((kind) => `run-${kind}` as const);
const SUBMIT_NAMES = KINDS.flatMap((kind) => (kind === '503' ? [] : [`submit-${kind}` as const]));
export const CALL_FAULT_NAMES = [
  ...RUN_NAMES,
  ...SUBMIT_NAMES,
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

export class CallFaults {
  #left = new Map<string, number>();

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
    const { host, method } = exchange;
    if (method !== 'POST' || (host !== 'run' && host !== 'queue')) return false;
    const use = host === 'run' ? 'run' : 'submit';
    const kind = KINDS.find((known) => (this.#left.get(`${use}-${known}`) ?? 0) > 0);
    if (kind === undefined) return false;
    this.#left.set(`${use}-${kind}`, (this.#left.get(`${use}-${kind}`) ?? 0) - 1);
    // With the request read: an answer before that reaches the client as a reset.
    exchange.request.resume().once('end', () => answer(exchange, kind));
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

function answer({ response }: Exchange, kind: Kind): void {
  const told = (status: number, text: string, type: string, headers: Record<string, string> = {}): void => {
    const body = JSON.stringify({ detail: text, error_type: type });
    response.writeHead(status, { 'content-type': 'application/json', 'x-fal-error-type': type, ...headers });
    response.end(body);
  };
  switch (kind) {
    case '429':
      return told(429, 'Too many requests at once', 'concurrent_requests_limit', { 'retry-after': '0' });
    case '499':
      return told(499, 'The client closed the request', 'client_disconnected');
    case '500':
      return told(500, 'The runner failed', 'runner_server_error');
    case '502':
      return void response.writeHead(502, { 'content-type': 'text/html' }).end(GATEWAY);
    case '503':
      return told(503, 'No runner could be scheduled', 'runner_scheduling_failure', { 'retry-after': '0' });
    case '504':
      return told(504, 'The request timed out', 'request_timeout');
    case '504-user':
      return told(504, 'Not started in time', 'request_timeout', { 'x-fal-request-timeout-type': 'user' });
    case '504-gateway':
      return void response.writeHead(504, { 'content-type': 'text/html' }).end(GATEWAY);
    case 'malformed':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"images": [');
    case 'lost':
      return void response.destroy();
  }
}
