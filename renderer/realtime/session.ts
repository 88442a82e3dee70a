import type { AppError } from '../../shared/fal/errors.ts';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { FromMain, FromWindow, LiveFrame } from '../../shared/realtime/messages.ts';
import { assertNever } from '../../shared/result.ts';
import { ask } from '../bridge.ts';
import { FrameStats } from './frame-stats.ts';
import { LivePorts } from './live-port.ts';
import type { PortClaim } from './live-port.ts';
import { Painter } from './painter.ts';
import { readMessage } from './read-message.ts';

/** What a session tells the window, beside what it paints and counts by itself. */
export type SessionNews =
  | { readonly kind: 'opened'; readonly session: number }
  /** Main opens no session of this model. */
  | { readonly kind: 'unopened'; readonly error: AppError }
  | {
      readonly kind: 'painted';
      readonly frame: LiveFrame;
      readonly size: { readonly width: number; readonly height: number };
    }
  | { readonly kind: 'unreadable'; readonly frame: LiveFrame }
  | Extract<FromMain, { readonly kind: 'state' | 'text' | 'refused' }>;

let ports: LivePorts | null = null;
/** Listening begins with the first session, before main is asked for it. */
const livePorts = (): LivePorts => (ports ??= new LivePorts(window));

/** One live session, from `live.open` to `live.close`. Opening it connects nothing: the first input does. */
export class LiveSession {
  readonly stats = new FrameStats();
  readonly painter: Painter;
  readonly #claim: PortClaim;
  readonly #tell: (news: SessionNews) => void;
  #id: number | null = null;
  #port: MessagePort | null = null;
  #closed = false;
  #mark = 0;
  /** The newest input, while the port is not here yet. */
  #unsent: FromWindow | null = null;

  constructor(
    target: CommandRequest<'live.open'>,
    canvas: HTMLCanvasElement | null,
    tell: (news: SessionNews) => void,
  ) {
    this.#tell = (news) => {
      if (!this.#closed) tell(news);
    };
    this.#claim = livePorts().claim();
    this.painter = new Painter(canvas, {
      done: (frame) => this.#say({ kind: 'painted', frame }),
      painted: (frame, size) => {
        this.stats.painted(performance.now(), frame.roundTrip, frame.serverSeconds);
        this.#tell({ kind: 'painted', frame, size });
      },
      unreadable: (frame) => this.#tell({ kind: 'unreadable', frame }),
    });
    void this.#open(target);
  }

  /** The request as it is now; an older one that has not gone out is replaced. The answer is the mark of what comes of it. */
  send(input: JsonObject): number {
    this.#mark += 1;
    const message: FromWindow = { kind: 'input', mark: this.#mark, input };
    if (this.#port === null) this.#unsent = message;
    else this.#say(message);
    return this.#mark;
  }

  /** Tries a lost connection again now. */
  retry(): void {
    this.#say({ kind: 'retry' });
  }

  close(): void {
    this.#closed = true;
    this.#claim.giveUp();
    this.#port?.close();
    this.#port = null;
    this.painter.close();
    if (this.#id !== null) void ask('live.close', { session: this.#id });
  }

  async #open(target: CommandRequest<'live.open'>): Promise<void> {
    const answer = await ask('live.open', target);
    if (!answer.ok) {
      this.#claim.giveUp();
      return this.#tell({ kind: 'unopened', error: answer.error });
    }
    const { session } = answer.value;
    this.#id = session;
    // It was left while main was opening it.
    if (this.#closed) return void ask('live.close', { session });
    this.#tell({ kind: 'opened', session });
    this.#claim.named(session, (port) => this.#takePort(port));
  }

  #takePort(port: MessagePort): void {
    this.#port = port;
    port.addEventListener('message', ({ data }) => {
      const message = readMessage(data);
      if (message !== null && !this.#closed) this.#hear(message);
    });
    port.start();
    if (this.#unsent !== null) this.#say(this.#unsent);
    this.#unsent = null;
  }

  #say(message: FromWindow): void {
    this.#port?.postMessage(message, []);
  }

  #hear(message: FromMain): void {
    switch (message.kind) {
      case 'frame':
        return void this.painter.take(message);
      case 'counts':
        this.stats.counts = message;
        return;
      case 'state':
        this.stats.connected(message.state.kind === 'live', performance.now());
        return this.#tell(message);
      case 'text':
      case 'refused':
        return this.#tell(message);
      default:
        assertNever(message);
    }
  }
}
