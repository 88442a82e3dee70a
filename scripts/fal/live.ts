import type { FalConnection } from '../../electron/fal/connection.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import type { WireValue } from '../../electron/fal/realtime/codec.ts';
import type { RealtimeOptions } from '../../electron/fal/realtime/options.ts';
import { RealtimeConnection } from '../../electron/fal/realtime/realtime.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { objectOf } from './input.ts';
import type { Ending, Output } from './output.ts';

export interface LiveCall {
  readonly connection: FalConnection;
  readonly endpoint: Endpoint;
  readonly options: Pick<RealtimeOptions, 'path' | 'maxBuffering' | 'auth'>;
  /** One JSON object each. */
  readonly lines: AsyncIterable<string>;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Milliseconds for the last answer once there are no more lines, and for another after it: models may stream. */
  readonly patience?: { readonly answer: number; readonly more: number };
}

/**
 * Sends each line as an input and prints each answer. The connection keeps only the newest of the inputs that wait, so
 * that the next line is read when the one before is on its way: none is passed over, and the server sets the pace.
 */
export async function talk(call: LiveCall): Promise<Ending> {
  const { connection, endpoint, options, lines, output, signal } = call;
  const { answer, more } = call.patience ?? { answer: 15_000, more: 500 };
  let failure: AppError | null = null;
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
    const reader = lines[Symbol.asyncIterator]();
    // The next line may be long in coming, and an end of ours must not wait for it.
    const ended = bell.until(given).then(() => null);
    for (;;) {
      const next = await Promise.race([reader.next(), ended]);
      if (next === null || next.done === true) break;
      const line = next.value;
      if (line.trim() === '') continue;
      const body = objectOf(line);
      if (!body.ok) return body.error;
      mark += 1;
      const own = mark;
      live.send({ mark: own, body: body.value });
      await bell.until(() => given() || sent.has(own) || settled.has(own));
      if (given()) break;
    }
    const final = mark;
    if (final > 0) await bell.until(() => given() || settled.has(final), answer);
    if (settled.has(final) && failure === null) await bell.silence(more, () => answers, given);
  } finally {
    live.close();
  }
  if (signal.aborted) return appError('cancelled', 'Stopped');
  if (failure !== null) return failure;
  output.result(null, last);
  return null;
}

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
