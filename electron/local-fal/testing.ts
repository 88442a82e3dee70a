import type { LocalModel, RunContext, RunEvent } from './types.ts';

/** What tests of the server share; nothing the app ships imports it. */

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export const AUTH = { authorization: 'Key demo:demo' };

export async function call(url: string, init: RequestInit & { json?: unknown } = {}): Promise<Reply> {
  const { json, headers, ...rest } = init;
  const response = await fetch(url, {
    ...rest,
    ...(json === undefined ? {} : { body: JSON.stringify(json), method: rest.method ?? 'POST' }),
    headers: { ...AUTH, ...Object.fromEntries(new Headers(headers)) },
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Bytes or nothing: the text stands.
  }
  return { status: response.status, headers: response.headers, body };
}

/** The value at a path of keys and indexes. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
  }
  return current;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`Expected text, found ${JSON.stringify(value)}`);
  return value;
}

/** Every `data:` of a finished event stream, parsed. */
export function eventsOf(body: unknown): unknown[] {
  return text(body)
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block): unknown => JSON.parse(block.slice('data: '.length)));
}

export type Gate = { readonly opened: Promise<void>; open(): void };

export function makeGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** A model that waits at a gate, so that a test decides when it is done. */
export function gatedModel(endpointId: string, gate: Gate): LocalModel {
  return {
    endpointId,
    metadata: {
      display_name: 'Gated',
      category: 'text-to-image',
      description: 'Waits until it is told.',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: { unit_price: 0.25, unit: 'images', currency: 'USD' },
    streams: false,
    openapi: () => ({ openapi: '3.0.4' }),
    validate: () => null,
    async *run(input: unknown, context: RunContext): AsyncGenerator<RunEvent> {
      yield { kind: 'log', message: 'waiting' };
      await Promise.race([gate.opened, aborted(context.signal)]);
      yield { kind: 'log', message: 'done' };
      yield { kind: 'output', data: { echo: input } };
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}
