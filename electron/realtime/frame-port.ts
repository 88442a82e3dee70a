import type { FromMain, LiveFrame } from '../../shared/realtime/messages.ts';

/** The end of a message channel that main holds; Electron's `MessagePortMain`, as far as it is needed. */
export interface LivePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/**
 * Frames to the window, one at a time: ports have no back-pressure of their own, so each frame waits for the word that the
 * one before has been painted, and of those that come meanwhile only the newest is kept.
 */
export class FramePort {
  readonly #port: Pick<LivePort, 'postMessage'>;
  readonly #passedOver: () => void;
  /** The frame that is being painted; null when the next may go. */
  #out: number | null = null;
  #held: LiveFrame | null = null;

  /** `passedOver` is called for each frame that was never sent, for a newer one took its place. */
  constructor(port: Pick<LivePort, 'postMessage'>, passedOver: () => void) {
    this.#port = port;
    this.#passedOver = passedOver;
  }

  say(message: Exclude<FromMain, LiveFrame>): void {
    this.#port.postMessage(message satisfies FromMain);
  }

  show(frame: LiveFrame): void {
    if (this.#out === null) {
      this.#send(frame);
      return;
    }
    if (this.#held !== null) this.#passedOver();
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
    this.#port.postMessage(frame satisfies FromMain);
  }
}
