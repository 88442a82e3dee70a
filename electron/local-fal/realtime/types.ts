import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answer, Authorization, Exchange, JsonObject, RunContext } from '../types.ts';

/** As the runner's SDK names them, after what the handler takes and gives (fal-protocol §7.5). */
export type RealtimeMode = 'unary' | 'server_streaming' | 'client_streaming' | 'bidi';

export type RealtimeContext = {
  /** Aborted when the session is over, whoever ended it. */
  readonly signal: AbortSignal;
  readonly pause: RunContext['pause'];
  readonly store: RunContext['store'];
};

type Handler =
  | {
      readonly mode: 'unary';
      answer(input: JsonObject, context: RealtimeContext): Promise<JsonObject> | JsonObject;
    }
  | {
      readonly mode: 'server_streaming';
      answer(input: JsonObject, context: RealtimeContext): AsyncIterable<JsonObject>;
    }
  | {
      readonly mode: 'client_streaming';
      answer(inputs: AsyncIterable<JsonObject>, context: RealtimeContext): Promise<JsonObject>;
    }
  | {
      readonly mode: 'bidi';
      answer(inputs: AsyncIterable<JsonObject>, context: RealtimeContext): AsyncIterable<JsonObject>;
    };

/** How a model speaks over a WebSocket. Its inputs are checked by the model's own `validate`. */
export type RealtimeModel = Handler & {
  /** What results and inputs are written in; control messages are JSON in any case. Default msgpack. */
  readonly codec?: 'msgpack' | 'json';
  /** Default `/realtime`; an id that ends with it is its own address (fal-protocol §2.3). */
  readonly path?: string;
  /** Inputs that may wait in unary mode; the client's max_buffering goes before it. Default: any number. */
  readonly buffering?: number;
  /** Milliseconds without an input after which the session ends. Default: never. */
  readonly idleMs?: number;
};

/** What goes over the socket: text or bytes. */
export type Frame = string | Uint8Array;

export type TokenState =
  | { readonly kind: 'none' | 'other' }
  | {
      readonly kind: 'valid' | 'expired';
      /** Aliases, or whole ids for tokens of `/tokens/realtime`. */
      readonly apps: readonly string[];
      /** Epoch milliseconds. */
      readonly expires: number;
    };

/** One upgrade being answered. */
export type Handshake = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly host: 'ws' | 'run';
  /** Decoded, after the host's prefix, with no slash at either end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: Authorization;
  readonly token: TokenState;
};

/** A session as hooks see it. */
export type HookedSession = {
  readonly handshake: Handshake;
  readonly endpointId: string;
  /** Aborted when it is over. */
  readonly signal: AbortSignal;
  /** Counts so far. */
  readonly inputs: number;
  readonly answers: number;
  send(frame: Frame): Promise<void>;
  /** Without a code the close frame has none, and the other side reads 1005. */
  close(code?: number, reason?: string): void;
  /** Breaks the connection without a close frame: the other side reads 1006. */
  terminate(): void;
};

export type SessionAnswer = {
  readonly output: JsonObject;
  readonly frame: Frame;
  encode(output: JsonObject): Frame;
};

export type TokenGrant = {
  readonly token: string;
  readonly apps: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
};

/** The seam through which tests misbehave in live sessions. A hook that answers null changes nothing. */
export type RealtimeHooks = {
  /** Seconds that a token really lives, whatever was asked. */
  tokenLifetime?(asked: number): number | null;
  /** The body in place of the usual one. */
  onToken?(exchange: Exchange, grant: TokenGrant): { readonly body: unknown } | null;
  /** Before anything is looked at: an answer here refuses the upgrade; a destroyed socket needs none. */
  onHandshake?(handshake: Handshake): Promise<Answer | null> | Answer | null;
  onRefused?(handshake: Handshake, answer: Answer): void;
  onOpened?(session: HookedSession): void;
  /** Milliseconds, in place of the model's. */
  idleMs?(session: HookedSession): number | null;
  /** A decoded input: 'drop' swallows it. */
  onInput?(session: HookedSession, input: unknown): 'drop' | null;
  /** The frames that go out instead, or none; may wait or end the session first. */
  onAnswer?(
    session: HookedSession,
    answer: SessionAnswer,
  ): Promise<readonly Frame[] | null> | readonly Frame[] | null;
  /** After the answer's last byte was handed to the system. */
  onAnswered?(session: HookedSession): void;
  onClosed?(session: HookedSession, code: number, reason: string): void;
};
