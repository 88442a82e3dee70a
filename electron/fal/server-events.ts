import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Clock } from './clock.ts';

export type Reading =
  | { readonly kind: 'event'; readonly event: EventSourceMessage }
  /** Nothing came for longer than the limit: the connection is dead without saying so. */
  | { readonly kind: 'silent' }
  /** The connection ended before the body did. */
  | { readonly kind: 'broken'; readonly cause: unknown }
  /** One event is larger than is taken. */
  | { readonly kind: 'oversize' };

/** Characters in one event: pictures come as data URIs in them. */
const LARGEST = 256 * 2 ** 20;

/**
 * Server-sent events of a body, each as soon as its last byte is here. Characters split between pieces stay whole, and
 * any byte is a sign of life, comment lines too. `stallLimit` in milliseconds counts only while we wait for the server,
 * not while our own reader takes its time. Ends with the body, or after a reading that is no event.
 */
export async function* serverEvents(
  body: ReadableStream<Uint8Array>,
  stallLimit: number,
  clock: Clock = SYSTEM_CLOCK,
): AsyncGenerator<Reading, void> {
  const decoder = new TextDecoder();
  let ready: EventSourceMessage[] = [];
  let oversize = false;
  const parser = createParser({
    maxBufferSize: LARGEST,
    onEvent: (event) => ready.push(event),
    onError: ({ type }) => {
      oversize ||= type === 'max-buffer-size-exceeded';
    },
  });
  for await (const piece of pieces(body, stallLimit, clock)) {
    if (piece.kind !== 'bytes' && piece.kind !== 'end') {
      yield piece;
      return;
    }
    // A last event may lack the empty line that should follow it, and it is the result.
    parser.feed(
      piece.kind === 'end' ? `${decoder.decode()}\n\n` : decoder.decode(piece.bytes, { stream: true }),
    );
    const events = ready;
    ready = [];
    for (const event of events) yield { kind: 'event', event };
    if (oversize) {
      yield { kind: 'oversize' };
      return;
    }
  }
}

export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | Extract<Reading, { kind: 'silent' | 'broken' }>;

/** The pieces of a body as they come, and how it ended. */
export async function* pieces(
  body: ReadableStream<Uint8Array>,
  stallLimit: number,
  clock: Clock,
): AsyncGenerator<Piece, void> {
  const reader = body.getReader();
  let rest = (): void => undefined;
  try {
    for (;;) {
      const silence = Promise.withResolvers<'silent'>();
      rest = clock.after(stallLimit, () => silence.resolve('silent'));
      const read = await Promise.race([reader.read(), silence.promise]);
      rest();
      if (read === 'silent') {
        yield { kind: 'silent' };
        return;
      }
      if (read.done) {
        yield { kind: 'end' };
        return;
      }
      yield { kind: 'bytes', bytes: read.value };
    }
  } catch (cause) {
    yield { kind: 'broken', cause };
  } finally {
    rest();
    // Whoever stops reading drops the connection; one that is broken has nothing to cancel.
    void reader.cancel().catch(() => undefined);
  }
}
