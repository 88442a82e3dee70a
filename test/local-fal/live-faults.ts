import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Exchange,
  Frame,
  Handshake,
  HookedSession,
  RealtimeHooks,
  SessionAnswer,
} from '../../electron/local-fal/index.ts';

/**
 * Misbehaviour in live sessions. Where N stands, the first N are met and then no more; a number in brackets is the
 * default, no number means always.
 *
 * - `live-refuse:STATUS[:N]`   handshakes are answered STATUS
 * - `live-token:KIND`          tokens come as `{detail}` or `{token}`, or the endpoint answers 401 or 500, or `never`
 * - `live-expiry:MS`           tokens live so long, whatever was asked
 * - `live-unauthorized[:N]`    `{"status":"error","error":"Unauthorized"}` in place of answers, once the session's token
 *   has expired or, with N, after N answers
 * - `live-close:CODE[:N]`      each session is closed after its N-th (1) answer; 1005 without a code, 1006 abruptly
 * - `live-error[:N]`           (1) the model fails in place of an answer: INTERNAL_ERROR, close
 * - `live-idle:MS`             the idle limit of every model
 * - `live-slow:MS`             answers take so much longer
 * - `live-hold`                answers wait until the fault is taken off
 * - `live-drop[:N]`            (1) inputs are swallowed
 * - `live-malformed[:N]`       (1) answers are bytes that cannot be decoded
 * - `live-oversize:BYTES[:N]`  (1) answers are padded to a frame of so many bytes
 * - `live-control`             unknown control messages before each answer
 * - `live-status-error[:N]`    (1) `{"status":"error"}` with another error in place of answers
 */
const GRAMMAR = {
  'live-refuse': /^(401|403|404|503)(:\d+)?$/,
  'live-token': /^(401|500|detail|token|never)$/,
  'live-expiry': /^\d+$/,
  'live-unauthorized': /^\d*$/,
  'live-close': /^(100[0-3]|1005|1006|1007|1008|1009|101[0-4]|[34]\d{3})(:\d+)?$/,
  'live-error': /^\d*$/,
  'live-idle': /^\d+$/,
  'live-slow': /^\d+$/,
  'live-hold': /^$/,
  'live-drop': /^\d*$/,
  'live-malformed': /^\d*$/,
  'live-oversize': /^\d+(:\d+)?$/,
  'live-control': /^$/,
  'live-status-error': /^\d*$/,
} as const satisfies Record<string, RegExp>;

export type LiveFaultName = keyof typeof GRAMMAR;

function isName(text: string): text is LiveFaultName {
  return Object.hasOwn(GRAMMAR, text);
}

export const LIVE_FAULT_NAMES: readonly LiveFaultName[] = Object.keys(GRAMMAR).filter(isName);

/** Null for what is none. */
export function parseLiveFault(text: string): { name: LiveFaultName; value: string | null } | null {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const value = colon < 0 ? '' : text.slice(colon + 1);
  if (!isName(name) || !GRAMMAR[name].test(value)) return null;
  return { name, value: value === '' ? null : value };
}

type Hold = (name: LiveFaultName, signal: AbortSignal) => Promise<void>;

const CONTROL = [
  { type: 'x-fal-queue', position: 2 },
  { type: 'x-fal-message', action: 'metrics', metrics: { load: 0.5 } },
];

export class LiveFaults {
  readonly #hold: Hold;
  #values: ReadonlyMap<string, string | null> = new Map();
  readonly #met = new Map<LiveFaultName, number>();
  readonly #open = new Set<HookedSession>();

  constructor(hold: Hold) {
    this.#hold = hold;
  }

  /** All faults that are on, live or not. Counters begin anew. */
  set(values: ReadonlyMap<string, string | null>): void {
    this.#values = values;
    this.#met.clear();
    if (values.has('cut')) this.closeAll(1006);
  }

  closeAll(code: number, reason?: string): number {
    const sessions = [...this.#open];
    for (const session of sessions) close(session, code, reason);
    return sessions.length;
  }

  tellAll(message: unknown): number {
    for (const session of this.#open) void session.send(JSON.stringify(message));
    return this.#open.size;
  }

  /** A token request that goes wrong: true when there is no more to answer. */
  async meetToken(exchange: Exchange): Promise<boolean> {
    const { host, path, response } = exchange;
    if (host !== 'rest' || !path.startsWith('tokens')) return false;
    const kind = this.#values.get('live-token');
    if (kind === 'never') {
      const closed = new AbortController();
      response.once('close', () => closed.abort());
      await this.#hold('live-token', closed.signal).catch(() => undefined);
      return response.destroyed;
    }
    if (kind !== '401' && kind !== '500') return false;
    response.writeHead(Number(kind), { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ detail: kind === '401' ? 'Invalid credentials' : 'Internal Server Error' }),
    );
    return true;
  }

  /** The numbers after the name when the fault is on and not used up. */
  #meet(name: LiveFaultName, place: 0 | 1, times: number): readonly number[] | null {
    const value = this.#values.get(name);
    if (value === undefined) return null;
    const numbers = value === null ? [] : value.split(':').map(Number);
    const met = (this.#met.get(name) ?? 0) + 1;
    if (met > (numbers[place] ?? times)) return null;
    this.#met.set(name, met);
    return numbers;
  }

  get hooks(): RealtimeHooks {
    const number = (name: LiveFaultName) => {
      const value = this.#values.get(name);
      return value ? Number(value) : null;
    };
    return {
      tokenLifetime: () => {
        const ms = number('live-expiry');
        return ms === null ? null : ms / 1000;
      },
      onToken: (_exchange, { token }) => {
        const kind = this.#values.get('live-token');
        return kind === 'detail' || kind === 'token' ? { body: { [kind]: token } } : null;
      },
      onHandshake: (handshake) => this.#onHandshake(handshake),
      onOpened: (session) => void this.#open.add(session),
      onClosed: (session) => void this.#open.delete(session),
      idleMs: () => number('live-idle'),
      onInput: () => (this.#meet('live-drop', 0, 1) ? 'drop' : null),
      onAnswer: (session, answer) => this.#onAnswer(session, answer),
      onAnswered: (session) => {
        const [code, after = 1] = this.#values.get('live-close')?.split(':').map(Number) ?? [];
        if (code !== undefined && session.answers === after) close(session, code, 'The fault said so');
      },
    };
  }

  #onHandshake({ socket }: Handshake) {
    if (this.#values.has('cut')) {
      socket.destroy();
      return null;
    }
    const status = this.#meet('live-refuse', 1, Infinity)?.[0];
    return status === undefined ? null : { status, body: { detail: `Refused with ${status}` } };
  }

  async #onAnswer(session: HookedSession, answer: SessionAnswer): Promise<readonly Frame[] | null> {
    const { signal } = session;
    await this.#hold('live-hold', signal).catch(() => undefined);
    const slow = this.#values.get('live-slow');
    if (slow) await sleep(Number(slow), undefined, { signal }).catch(() => undefined);
    if (this.#meet('live-error', 0, 1)) throw new Error('CUDA out of memory');
    if (this.#isUnauthorized(session)) return [JSON.stringify({ status: 'error', error: 'Unauthorized' })];
    if (this.#meet('live-status-error', 0, 1)) {
      return [JSON.stringify({ status: 'error', error: 'The runner is busy' })];
    }
    if (this.#meet('live-malformed', 0, 1)) {
      // 0xc1 is the one byte that MessagePack never uses.
      return [typeof answer.frame === 'string' ? '{"images":' : Uint8Array.of(0x81, 0xc1)];
    }
    const size = this.#meet('live-oversize', 1, 1)?.[0];
    if (size !== undefined) return [padded(answer, size)];
    return this.#values.has('live-control')
      ? [...CONTROL.map((message) => JSON.stringify(message)), answer.frame]
      : null;
  }

  #isUnauthorized({ handshake, answers }: HookedSession): boolean {
    const value = this.#values.get('live-unauthorized');
    if (value === undefined) return false;
    if (value !== null) return answers >= Number(value);
    return 'expires' in handshake.token && handshake.token.expires <= Date.now();
  }
}

function close(session: HookedSession, code: number, reason?: string): void {
  if (code === 1006) session.terminate();
  else if (code === 1005) session.close();
  else session.close(code, reason);
}

/** The same result with bytes beside it, so that the whole frame has the size wanted. */
function padded({ output, encode }: SessionAnswer, size: number): Frame {
  const empty = encode({ ...output, padding: new Uint8Array() });
  // The header of long bytes is three longer than that of none.
  const room = Math.max(0, size - Buffer.byteLength(empty) - 3);
  return encode({ ...output, padding: new Uint8Array(room) });
}
