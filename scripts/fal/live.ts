import { readDocument } from '../../electron/fal/document.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import type { WireValue } from '../../electron/fal/realtime/codec.ts';
import type { RealtimeOptions } from '../../electron/fal/realtime/options.ts';
import { RealtimeConnection } from '../../electron/fal/realtime/realtime.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { objectOf } from './input.ts';
import { PLAIN_TRAITS, readLiveTraits } from '../../shared/realtime/traits.ts';
import type { LiveMode } from '../../shared/realtime/traits.ts';
import type { Ending, Output } from './output.ts';

export interface LiveCall {
  readonly connection: FalConnection;
  readonly endpoint: Endpoint;
  readonly options: Pick<RealtimeOptions, 'path' | 'maxBuffering' | 'auth' | 'mode' | 'codec'>;
  /** One JSON object each. */
  readonly lines: AsyncIterable<string>;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Milliseconds for the last answer once there are no more lines, and for another after it: models may stream. */
  readonly patience?: { readonly answer: number; readonly more: number };
}

const ANSWER = 15_000;
const DOCUMENT_LIMIT = 5_000;

/** What the model's document says of how it is spoken to; what the person said comes before it. */
export async function traitsFor(
  connection: FalConnection,
  endpoint: Endpoint,
  said: { readonly mode?: LiveMode },
  signal: AbortSignal,
): Promise<Pick<RealtimeOptions, 'mode' | 'codec'>> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(DOCUMENT_LIMIT)]);
  // Asked once: a server that has none is spoken to as most models are.
  const document = await readDocument(
    { ...connection, backoff: { tries: 1, base: 0, cap: 0 } },
    endpoint,
    limited,
  );
  const { codec, mode } = document.ok ? readLiveTraits(document.value) : PLAIN_TRAITS;
  return { codec, ...(mode === null ? {} : { mode }), ...said };
}

/**
 * The limits after the last line. What one input brings ends with the session where the model streams, and nobody says when
 * a model that speaks both ways is done.
 */
function patienceFor(mode: LiveMode | undefined): { readonly answer: number; readonly more: number } {
  if (mode === 'server_streaming') return { answer: ANSWER, more: ANSWER };
  return { answer: ANSWER, more: mode === 'bidi' ? 2_000 : 500 };
}

/**
 * Sends each line as an input and prints each answer. Where only the newest of the inputs that wait is kept, the next line
 * is read when the one before is on its way: none is passed over, and the server sets the pace. What a model streams is
 * heard to its end before that, and in modes in which every input counts they go out as they come. A line that is no input
 * is the last that is read.
 */
export async function talk(call: LiveCall): Promise<Ending> {
  const { connection, endpoint, options, lines, output, signal } = call;
  const { answer, more } = call.patience ?? patienceFor(options.mode);
  let failure: AppError | null = null;
  let unread: AppError | null = null;
  let last: WireValue = null;
  let answers = 0;
  const sent = new Set<number>();
  const settled = new Set<number>();
  const bell = new Bell();
  const made = RealtimeConnection.create(
    { connection, endpoint, ...options },
    {
      moved: (step, error) => {
        if (step === 'failed') failure = error ?? appError('network', 'The connection was lost');
        bell.ring();
      },
      answered: ({ input, output: said }) => {
        settled.add(input.mark);
        last = said;
        answers += 1;
        output.data(said);
        bell.ring();
      },
      refused: (input, error) => {
        if (input !== null) settled.add(input.mark);
        failure ??= error;
        bell.ring();
      },
      sent: ({ mark }) => {
        sent.add(mark);
        bell.ring();
      },
      dropped: () => undefined,
    },
  );
  if (!made.ok) return made.error;
  const live = made.value;
  const given = (): boolean => live.step === 'failed' || signal.aborted;
  signal.addEventListener('abort', () => bell.ring(), { once: true });
  try {
    let mark = 0;
    let number = 0;
    const reader = lines[Symbol.asyncIterator]();
    // The next line may be long in coming, and an end of ours must not wait for it.
    const ended = bell.until(given).then(() => null);
    for (;;) {
      const next = await Promise.race([reader.next(), ended]);
      if (next === null || next.done === true) break;
      const line = next.value;
      number += 1;
      if (line.trim() === '') continue;
      const body = objectOf(line);
      if (!body.ok) {
        // What was sent before is paid for: its answers are heard as at the end of the lines.
        unread = mark === 0 ? body.error : { ...body.error, hint: notSent(number) };
        break;
      }
      mark += 1;
      const own = mark;
      live.send({ mark: own, body: body.value });
      const heard = (): boolean =>
        options.mode === 'server_streaming'
          ? settled.has(own) && live.step === 'idle'
          : sent.has(own) || settled.has(own);
      await bell.until(() => given() || heard());
      if (given()) break;
    }
    const final = mark;
    if (final > 0) await bell.until(() => given() || settled.has(final), answer);
    // A session that the server has ended brings nothing more.
    const over = (): boolean => given() || live.step === 'idle';
    if (settled.has(final) && failure === null) await bell.silence(more, () => answers, over);
  } finally {
    live.close();
  }
  if (signal.aborted) return appError('cancelled', 'Stopped');
  const error = failure ?? unread;
  if (error !== null) return error;
  output.result(null, last);
  return null;
}

const notSent = (line: number): string =>
  `Line ${line} was not sent, nor anything behind it. What came before it was, and its answers were waited for.`;

/** Wakes whoever waits for something to have happened. */
class Bell {
  #next = Promise.withResolvers<void>();

  ring(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  /** Until it holds, or for so many milliseconds; true when it holds. */
  async until(holds: () => boolean, limit?: number): Promise<boolean> {
    const late = new AbortController();
    const timer = limit === undefined ? undefined : setTimeout(() => late.abort(), limit);
    late.signal.addEventListener('abort', () => this.ring());
    while (!holds() && !late.signal.aborted) await this.#next.promise;
    clearTimeout(timer);
    return holds();
  }

  /** Until `count` has not changed for so long. */
  async silence(ms: number, count: () => number, enough: () => boolean): Promise<void> {
    for (;;) {
      const before = count();
      if (!(await this.until(() => enough() || count() !== before, ms)) || enough()) return;
    }
  }
}
