import type { WireObject } from './codec.ts';
import type { LiveInput } from './options.ts';

/** Whose an answer is: null where it is too late for any input. */
export interface Found {
  readonly input: LiveInput | null;
  /** Milliseconds from the sending of the input; null where it is not the first answer to it, or nobody can tell. */
  readonly roundTrip: number | null;
  /** Inputs that were sent before it and will have no answer. */
  readonly passed: number;
}

/** What is said over one connection after another: which input goes out when, and which of them an answer belongs to. */
export interface Dialogue {
  /** A connection is open, and nothing has been said on it. */
  opened(): void;
  /** False where there is no room for it: it is not kept. */
  offer(input: LiveInput): boolean;
  /** Whether an input waits to be sent, here or on the next connection. */
  readonly waiting: boolean;
  /** Whether anything has been answered on this connection. */
  readonly isAnswered: boolean;
  /**
   * When the input went out that has waited longest for its answer, in milliseconds of a steady clock; undefined where none
   * waits, or the model owes none.
   */
  readonly owedSince: number | undefined;
  /** The input that waits is worth more than what this connection still brings. */
  readonly isCut: boolean;
  /** The input to be sent now, if there is one. */
  take(now: number): LiveInput | undefined;
  /** It could not be sent after all. */
  revoke(input: LiveInput): void;
  /** Something came that shows the model at work. */
  took(): void;
  /** Whose this answer is. */
  answered(output: WireObject, now: number): Found;
  /** An error came in place of an answer, or one that cannot be read. `over`: with it the connection ends. */
  failed(over: boolean): Pick<Found, 'input' | 'passed'>;
  /** The connection is gone, by the server's wish or not: what is to be sent again, and how many inputs have no answer. */
  renew(orderly: boolean): { readonly again: LiveInput | undefined; readonly lost: number };
  /** It is not sent again. */
  drop(input: LiveInput): void;
  clear(): void;
}

/** Whether an input is the one an answer names, for models whose answers do that. */
export function namedBy(
  output: WireObject,
  echo: string | undefined,
): ((input: LiveInput) => boolean) | undefined {
  const name = echo === undefined ? undefined : output[echo];
  return echo === undefined || typeof name !== 'string' || name === ''
    ? undefined
    : ({ body }) => body[echo] === name;
}
