import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Exchange, JsonObject } from './types.ts';

export const MAX_BODY_BYTES = 50 * 1024 * 1024;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// TypeScript's ES2024 library does not know JSON.rawJSON, which Node 24 has.
const rawJson: unknown = Reflect.get(JSON, 'rawJSON');

/** JSON with bigints as plain integers: seeds reach 2^63 and must come back as they went. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'bigint') return item;
    return typeof rawJson === 'function' ? Reflect.apply(rawJson, JSON, [item.toString()]) : Number(item);
  });
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const text = toJson(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

export function detail(status: number, text: string, headers?: Readonly<Record<string, string>>): Answer {
  return { status, body: { detail: text }, ...(headers ? { headers } : {}) };
}

/** Queue control words (fal-protocol §4.5). */
export function word(status: number, text: string): Answer {
  return { status, body: { status: text } };
}

export type Body =
  | { readonly ok: true; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly answer: Answer };

/** Reads a JSON body. An empty one is `undefined`: JS clients send none for an undefined input (fal-protocol §3). */
export async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    // Read on without keeping: an early answer on an open upload reaches the client as a reset.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) {
    return { ok: false, answer: detail(413, `Request body is larger than ${MAX_BODY_BYTES} bytes`) };
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return { ok: true, text: '', json: undefined };
  try {
    const json: unknown = JSON.parse(text);
    return { ok: true, text, json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    return { ok: false, answer: jsonError(reason) };
  }
}

function jsonError(reason: string): Answer {
  const at = /position (\d+)/.exec(reason)?.[1];
  return {
    status: 422,
    headers: { 'x-fal-billable-units': '0' },
    body: {
      detail: [
        {
          loc: ['body', Number(at ?? 0)],
          msg: 'JSON decode error',
          type: 'json_invalid',
          input: {},
          ctx: { error: reason },
        },
      ],
    },
  };
}

/** Apart by so much, two pieces are never read as one. */
const PIECE_MS = 3;
const MOST_CUTS = 30;

/** Server-sent events on a response. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>, heartbeatMs = 5_000) {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers });
    response.flushHeaders();
    // Comment lines keep proxies and stall timers content; clients must skip them (fal-protocol §16).
    this.#heartbeat = setInterval(() => response.write(': heartbeat\n\n'), heartbeatMs);
    this.#heartbeat.unref();
    response.once('close', () => clearInterval(this.#heartbeat));
  }

  /** Resolves when the reader has room for more. */
  async send(data: unknown): Promise<void> {
    await this.write(`data: ${toJson(data)}\n\n`);
  }

  async write(text: string): Promise<void> {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    if (this.#response.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#response.off('drain', go).off('close', go);
        resolve();
      };
      this.#response.on('drain', go).on('close', go);
    });
  }

  /** In pieces that reach the reader one by one, cut within characters of several bytes, else in the middle. */
  async writeSplit(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const within = [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0xc0) === 0x80).slice(0, MOST_CUTS);
    const cuts = [0, ...(within.length > 0 ? within : [bytes.length >> 1]), bytes.length];
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      if (this.#response.destroyed) return;
      const piece = bytes.subarray(from, cuts[index + 1]);
      await new Promise<void>((resolve) => void this.#response.write(piece, () => resolve()));
      await sleep(PIECE_MS);
    }
  }

  /** Says no more, not even that it lives, until the reader leaves. */
  async fallSilent(): Promise<void> {
    clearInterval(this.#heartbeat);
    if (this.#response.destroyed) return;
    await new Promise<void>((resolve) => this.#response.once('close', resolve));
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }

  /** Cuts the connection in the middle, as a dying gateway does. */
  cut(): void {
    clearInterval(this.#heartbeat);
    this.#response.destroy();
  }
}

export function listQuery(exchange: Exchange, name: string): string[] {
  // Repeated or comma-separated: both spellings are seen in the wild.
  return exchange.query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
