import type { FromMain, LiveFrame } from '../../shared/realtime/messages.ts';

/** The end of a message channel that main holds; Electron's `MessagePortMain`, as far as it is needed. */
export interface LivePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

interface FramePortEvents {
  /** The frame goes to the window: from now on it may be in sight. */
  readonly sent: (frame: number) => void;
  /** A frame was never sent, for a newer one took its place. */
  readonly passedOver: () => void;
}

/**
 * Frames to the window, one at a time: ports have no back-pressure of their own, so each frame waits for the word that the
 * one before has been painted, and of those that come meanwhile only the newest is kept.
 */
export class FramePort {
  readonly #port: Pick<LivePort, 'postMessage'>;
  readonly #events: FramePortEvents;
  /** The frame that is being painted; null when the next may go. */
  #out: number | null = null;
  #held: LiveFrame | null = null;

  constructor(port: Pick<LivePort, 'postMessage'>, events: FramePortEvents) {
    this.#port = port;
    this.#events = events;
  }

  say(message: Exclude<FromMain, LiveFrame>): void {
    this.#port.postMessage(message satisfies FromMain);
  }

  show(frame: LiveFrame): void {
    if (this.#out === null) {
      this.#send(frame);
      return;
    }
    if (this.#held !== null) this.#events.passedOver();
    this.#held = frame;
  }

  /** The window has painted a frame, or thrown it away. */
  painted(frame: number): void {
    if (frame !== this.#out) return;
    this.#out = null;
    const next = this.#held;
    this.#held = null;
    if (next !== null) this.#send(next);
  }

  #send(frame: LiveFrame): void {
    this.#out = frame.frame;
    this.#events.sent(frame.frame);
    this.#port.postMessage(frame satisfies FromMain);
  }
}
