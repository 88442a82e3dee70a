import type { EndpointId } from '../../../shared/fal/endpoint-id.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import type { LiveMode } from '../../../shared/realtime/traits.ts';
import type { FalConnection } from '../connection.ts';
import type { AddressOptions } from './address.ts';
import type { Codec, WireObject } from './codec.ts';
import type { RealtimeStep } from './machine.ts';
import type { AuthWay } from './pass.ts';

/** An input, and the mark by which its sender knows it again. */
export interface LiveInput {
  readonly mark: number;
  readonly body: WireObject;
}

export interface LiveAnswer {
  readonly input: LiveInput;
  readonly output: WireObject;
  /** Milliseconds from the sending of the input to its answer; null for all but the first answer to it. */
  readonly roundTrip: number | null;
  /** Seconds the model took, where the server has told (fal-protocol §7.4). */
  readonly serverSeconds: number | null;
}

export interface RealtimeListener {
  /** `error` says why, for `waiting` and `failed`; `retryIn` is in milliseconds, for `waiting`. */
  readonly moved: (step: RealtimeStep, error: AppError | null, retryIn: number) => void;
  readonly answered: (answer: LiveAnswer) => void;
  /** This input has no answer and is not sent again. `input` is null where the server did not say which. */
  readonly refused: (input: LiveInput | null, error: AppError) => void;
  /** An input went out. */
  readonly sent: (input: LiveInput) => void;
  /** Inputs that were sent and will have no answer. */
  readonly dropped: (count: number) => void;
}

export interface RealtimeOptions extends AddressOptions {
  readonly connection: FalConnection;
  readonly endpoint: EndpointId;
  /** MessagePack unless the app says otherwise (fal-protocol §7.3, §14). */
  readonly codec?: Codec;
  readonly auth?: AuthWay;
  /** Seconds a token lives; 120, as both official clients have it (fal-protocol §7.1). */
  readonly tokenSeconds?: number;
  /** The property of the input and the output by which the model tells its answers apart, where it has one. */
  readonly echo?: string;
  /**
   * How the model takes inputs and answers (fal-protocol §7.5). Where it is not told inputs are answered one by one, and a
   * model that answers one many times is noticed.
   *
   * - `unary`             one input is out at a time (two where the server keeps as many); of those that wait the newest alone
   * - `server_streaming`  one input a connection; a newer one ends the stream once something of it was seen
   * - `client_streaming`  every input goes out, in order and at once; one answer to them all, said to be the last one's
   * - `bidi`              every input goes out, in order and at once; answers come as the model likes
   */
  readonly mode?: LiveMode;
  readonly limits?: Partial<RealtimeLimits>;
}

/** All in milliseconds but for the bytes. */
export interface RealtimeLimits {
  /** For the first answer of a connection: a runner may have to start. */
  readonly firstAnswer: number;
  /** For every later one. */
  readonly answer: number;
  /** For a handshake. */
  readonly open: number;
  /** How long a lost connection is tried again before it is given up. */
  readonly giveUp: number;
  /** Silence after which the other end is asked whether it is there, and once more until it is taken for gone. */
  readonly alive: number;
  /** Bytes in one frame, sent or received. */
  readonly frameBytes: number;
}

export const LIMITS: RealtimeLimits = {
  firstAnswer: 120_000,
  answer: 15_000,
  open: 30_000,
  giveUp: 180_000,
  alive: 20_000,
  frameBytes: 64 * 2 ** 20,
};
