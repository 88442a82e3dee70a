import type { HookedSession, RealtimeHooks } from '../../electron/local-fal/index.ts';

export type TokenRecord = {
  /** `tokens` or `tokens/realtime`. */
  readonly path: string;
  readonly token: string;
  readonly apps: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
  /** Epoch milliseconds. */
  readonly time: number;
};

export type SessionRecord = {
  /** With the host's prefix. */
  readonly path: string;
  readonly query: string;
  readonly authorization: 'valid' | 'other' | 'none';
  readonly token: 'valid' | 'expired' | 'other' | 'none';
  /** Of the handshake: 101 when it was let in, null while it is undecided. */
  readonly status: number | null;
  readonly endpoint: string | null;
  readonly inputs: number;
  /** Bytes in it are `{$bytes: LENGTH}`, integers beyond 2^53 `{$integer: TEXT}`. */
  readonly lastInput: unknown;
  readonly answers: number;
  readonly closed: { readonly code: number; readonly reason: string } | null;
  /** Epoch milliseconds. */
  readonly time: number;
};

export type LiveRecords = {
  readonly tokens: readonly TokenRecord[];
  readonly sessions: readonly SessionRecord[];
};

type Entry = { record: SessionRecord; session: HookedSession | null };

const MAX_RECORDS = 10_000;

/** Tokens given, handshakes met, and what became of each session. */
export class LiveLog {
  #tokens: TokenRecord[] = [];
  #entries = new Map<unknown, Entry>();

  list(): LiveRecords {
    return { tokens: [...this.#tokens], sessions: [...this.#entries.values()].map(read) };
  }

  /** Open sessions stay: what becomes of them is still of interest. */
  clear(): void {
    this.#tokens = [];
    for (const [key, { record }] of this.#entries) {
      if (record.closed || (record.status ?? 101) !== 101) this.#entries.delete(key);
    }
  }

  /** The hooks given, each noted before it acts. */
  watch(hooks: RealtimeHooks): RealtimeHooks {
    return {
      ...hooks,
      onToken: (exchange, grant) => {
        this.#tokens.push({ path: exchange.path, ...grant, time: Date.now() });
        if (this.#tokens.length > MAX_RECORDS) this.#tokens.shift();
        return hooks.onToken?.(exchange, grant) ?? null;
      },
      onHandshake: (handshake) => {
        const { host, path, query, authorization, token } = handshake;
        const record: SessionRecord = {
          path: `/${host}/${path}`,
          query: query.toString(),
          authorization,
          token: token.kind,
          status: null,
          endpoint: null,
          inputs: 0,
          lastInput: null,
          answers: 0,
          closed: null,
          time: Date.now(),
        };
        this.#entries.set(handshake, { record, session: null });
        const [oldest] = this.#entries.keys();
        if (this.#entries.size > MAX_RECORDS) this.#entries.delete(oldest);
        return hooks.onHandshake?.(handshake) ?? null;
      },
      onRefused: (handshake, answer) => {
        this.#change(handshake, { status: answer.status });
        hooks.onRefused?.(handshake, answer);
      },
      onOpened: (session) => {
        this.#change(session.handshake, { status: 101, endpoint: session.endpointId }, session);
        hooks.onOpened?.(session);
      },
      onInput: (session, input) => {
        this.#change(session.handshake, { lastInput: toPlain(input) }, session);
        return hooks.onInput?.(session, input) ?? null;
      },
      onClosed: (session, code, reason) => {
        const { inputs, answers } = session;
        this.#change(session.handshake, { closed: { code, reason }, inputs, answers }, null);
        hooks.onClosed?.(session, code, reason);
      },
    };
  }

  #change(key: unknown, news: Partial<SessionRecord>, session: HookedSession | null = null): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.record = { ...entry.record, ...news };
    entry.session = session;
  }
}

function read({ record, session }: Entry): SessionRecord {
  return session ? { ...record, inputs: session.inputs, answers: session.answers } : record;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: value.byteLength };
  if (typeof value === 'bigint') return { $integer: value.toString() };
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}
