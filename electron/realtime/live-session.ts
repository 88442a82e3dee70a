import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { stringifyJson } from '../../shared/json.ts';
import { fromWindowSchema } from '../../shared/realtime/messages.ts';
import type { LiveState } from '../../shared/realtime/messages.ts';
import type { LiveTraits } from '../../shared/realtime/traits.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from '../fal/connection.ts';
import { withoutBytes } from '../fal/realtime/codec.ts';
import type { WireObject } from '../fal/realtime/codec.ts';
import type { RealtimeStep } from '../fal/realtime/machine.ts';
import { RealtimeConnection } from '../fal/realtime/realtime.ts';
import type { LiveAnswer, LiveInput, RealtimeLimits } from '../fal/realtime/options.ts';
import type { FetchPicture } from './fetch-picture.ts';
import { FramePort } from './frame-port.ts';
import type { LivePort } from './frame-port.ts';
import { pictureOf } from './picture.ts';
import type { NamedFiles } from './wire-input.ts';
import { WireInputs } from './wire-input.ts';

export interface LiveSessionOptions {
  readonly connection: FalConnection;
  readonly endpoint: EndpointId;
  readonly traits: LiveTraits;
  readonly maxBuffering: number | null;
  readonly files: NamedFiles;
  readonly fetchPicture: FetchPicture;
  readonly limits?: Partial<RealtimeLimits>;
}

/** One of the last pictures, with all that a row of the history needs. */
export interface ShownFrame {
  readonly frame: number;
  /** The request as the window made it, files by their names. */
  readonly input: JsonObject;
  readonly output: WireObject;
  readonly serverSeconds: number | null;
}

/** The frame in sight may be some behind the one on its way. */
const REMEMBERED = 4;
/** Counts are for reading: no more often than this, in milliseconds. */
const COUNTS_EVERY = 200;
const MOST_TEXT = 20_000;

/** One live session: what the window turns goes to fal, and what fal answers is shown in the window. */
export class LiveSession {
  readonly #options: LiveSessionOptions;
  readonly #port: LivePort;
  readonly #frames: FramePort;
  readonly #inputs: WireInputs;
  readonly #life = new AbortController();
  #fal: RealtimeConnection | null = null;
  /** The request behind each input, for as long as anybody holds the input. */
  readonly #requests = new WeakMap<LiveInput, JsonObject>();
  readonly #shown: ShownFrame[] = [];
  /** What belongs to the newest frame, which may still wait to be shown. */
  #newest: ShownFrame | null = null;
  #newestMark = -1;
  #frame = 0;
  #address: { readonly answer: LiveAnswer; readonly url: string; readonly type: string | null } | null = null;
  #fetching = false;
  #counts = { sent: 0, received: 0, dropped: 0 };
  #countsTimer: NodeJS.Timeout | undefined;

  private constructor(port: LivePort, options: LiveSessionOptions) {
    this.#options = options;
    this.#port = port;
    this.#frames = new FramePort(port, {
      sent: (frame) => this.#remember(frame),
      passedOver: () => this.#drop(1),
    });
    this.#inputs = new WireInputs(options.files, options.traits);
  }

  /** Begins to listen to the window; opens nothing yet. `ended` is called when the window's end of the port is gone. */
  static begin(
    port: LivePort,
    options: LiveSessionOptions,
    ended: () => void,
  ): Result<LiveSession, AppError> {
    const session = new LiveSession(port, options);
    const { connection, endpoint, traits, maxBuffering, limits } = options;
    const fal = RealtimeConnection.create(
      {
        connection,
        endpoint,
        codec: traits.codec,
        ...(traits.mode === null ? {} : { mode: traits.mode }),
        ...(maxBuffering === null ? {} : { maxBuffering }),
        ...(traits.echo === null ? {} : { echo: traits.echo }),
        ...(limits === undefined ? {} : { limits }),
      },
      {
        moved: (step, error, retryIn) => session.#moved(step, error, retryIn),
        answered: (answer) => session.#answered(answer),
        refused: (input, error) => session.#refused(input?.mark ?? null, error),
        sent: () => session.#count({ sent: 1 }),
        dropped: (count) => session.#drop(count),
      },
    );
    if (!fal.ok) return fail(fal.error);
    session.#fal = fal.value;
    port.on('message', ({ data }) => session.#hear(data));
    port.on('close', ended);
    port.start();
    session.#moved('idle', null, 0);
    return ok(session);
  }

  /** A picture that was shown not long ago; null when it is further back. */
  shown(frame: number): ShownFrame | null {
    return this.#shown.find((one) => one.frame === frame) ?? null;
  }

  /** Ends what is open and says why: the key is gone. */
  deny(error: AppError): void {
    this.#fal?.deny(error);
  }

  close(): void {
    this.#life.abort();
    clearTimeout(this.#countsTimer);
    this.#fal?.close();
    this.#port.close();
    this.#shown.length = 0;
  }

  #hear(data: unknown): void {
    const message = fromWindowSchema.safeParse(data);
    if (!message.success || this.#life.signal.aborted) return;
    switch (message.data.kind) {
      case 'input':
        void this.#send(message.data.mark, message.data.input);
        return;
      case 'painted':
        return this.#frames.painted(message.data.frame);
      case 'retry':
        this.#fal?.retry();
        return;
      default:
        assertNever(message.data);
    }
  }

  async #send(mark: number, input: JsonObject): Promise<void> {
    // Reading a file may take longer than the next turn of a slider.
    if (mark <= this.#newestMark) return;
    this.#newestMark = mark;
    const body = await this.#inputs.make(input, mark);
    if (mark !== this.#newestMark || this.#life.signal.aborted) return;
    if (!body.ok) return this.#refused(mark, body.error);
    const live: LiveInput = { mark, body: body.value };
    this.#requests.set(live, input);
    this.#fal?.send(live);
  }

  #moved(step: RealtimeStep, error: AppError | null, retryIn: number): void {
    const state = stateOf(step, error, retryIn);
    if (state !== null && !this.#life.signal.aborted) this.#frames.say({ kind: 'state', state });
  }

  #answered(answer: LiveAnswer): void {
    this.#count({ received: 1 });
    const picture = pictureOf(answer.output);
    if (picture === null) {
      const text = stringifyJson(
        withoutBytes(answer.output, ({ byteLength }) => `${byteLength} bytes`),
        2,
      );
      this.#frames.say({ kind: 'text', mark: answer.input.mark, text: text.slice(0, MOST_TEXT) });
    } else if (picture.kind === 'bytes') {
      this.#show(answer, picture.bytes, picture.contentType);
    } else {
      if (this.#address !== null) this.#drop(1);
      this.#address = { answer, url: picture.url, type: picture.contentType };
      void this.#fetchNewest();
    }
  }

  /** Pictures that lie elsewhere are fetched one after another, and of those that wait only the newest. */
  async #fetchNewest(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    while (this.#address !== null) {
      const { answer, url, type } = this.#address;
      this.#address = null;
      const fetched = await this.#options.fetchPicture(url, this.#life.signal);
      if (this.#life.signal.aborted) break;
      if (fetched === null) this.#notFetched(answer.input.mark, url);
      else this.#show(answer, fetched.bytes, type ?? fetched.contentType ?? 'application/octet-stream');
    }
    this.#fetching = false;
  }

  #show(
    { input, output, roundTrip, serverSeconds }: LiveAnswer,
    bytes: Uint8Array,
    contentType: string,
  ): void {
    const request = this.#requests.get(input);
    if (request === undefined) return;
    this.#frame += 1;
    const frame = this.#frame;
    this.#newest = { frame, input: request, output, serverSeconds };
    this.#frames.show({
      kind: 'frame',
      frame,
      mark: input.mark,
      // Bytes of their own: what comes off a socket may be a window on a larger piece of memory, all of which would be copied.
      bytes: new Uint8Array(bytes),
      contentType,
      roundTrip,
      serverSeconds,
    });
  }

  #remember(frame: number): void {
    // Of the frames that wait only the newest is ever sent.
    if (this.#newest?.frame !== frame) return;
    this.#shown.push(this.#newest);
    if (this.#shown.length > REMEMBERED) this.#shown.shift();
  }

  #notFetched(mark: number, url: string): void {
    this.#drop(1);
    this.#refused(
      mark,
      appError('network', 'The picture of this answer could not be fetched', {
        detail: URL.parse(url)?.host ?? '',
        hint: 'The next input is sent as always.',
      }),
    );
  }

  #refused(mark: number | null, error: AppError): void {
    if (!this.#life.signal.aborted) this.#frames.say({ kind: 'refused', mark, error });
  }

  #drop(dropped: number): void {
    this.#count({ dropped });
  }

  #count(more: { readonly sent?: number; readonly received?: number; readonly dropped?: number }): void {
    const { sent, received, dropped } = this.#counts;
    this.#counts = {
      sent: sent + (more.sent ?? 0),
      received: received + (more.received ?? 0),
      dropped: dropped + (more.dropped ?? 0),
    };
    this.#countsTimer ??= setTimeout(() => {
      this.#countsTimer = undefined;
      this.#frames.say({ kind: 'counts', ...this.#counts });
    }, COUNTS_EVERY);
  }
}

/** What the window is told of a step; null for the end, which the window itself asked for. */
function stateOf(step: RealtimeStep, error: AppError | null, retryIn: number): LiveState | null {
  switch (step) {
    case 'idle':
      return { kind: 'idle' };
    case 'authorizing':
    case 'connecting':
      return { kind: 'connecting' };
    case 'live':
      return { kind: 'live' };
    case 'waiting':
      return error === null
        ? { kind: 'connecting' }
        : { kind: 'waiting', error, retryAt: Date.now() + retryIn };
    case 'failed':
      return error === null ? { kind: 'idle' } : { kind: 'failed', error };
    case 'closed':
      return null;
    default:
      return assertNever(step);
  }
}
