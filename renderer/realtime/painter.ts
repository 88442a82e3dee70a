import type { LiveFrame } from '../../shared/realtime/messages.ts';

interface PainterEvents {
  /** The frame has been painted or thrown away; main waits for this before it sends another. */
  readonly done: (frame: number) => void;
  readonly painted: (frame: LiveFrame, size: { readonly width: number; readonly height: number }) => void;
  readonly unreadable: (frame: LiveFrame) => void;
}

/**
 * Paints a session's frames, outside React. A frame that was decoded late is never painted over a newer one. While
 * frozen the next one is held back and not acknowledged, so that main sends no more and still knows the one in sight.
 */
export class Painter {
  readonly #events: PainterEvents;
  #canvas: HTMLCanvasElement | null;
  #newest = -1;
  #frozen = false;
  #closed = false;
  #held: { readonly frame: LiveFrame; readonly bitmap: ImageBitmap } | null = null;

  constructor(canvas: HTMLCanvasElement | null, events: PainterEvents) {
    this.#canvas = canvas;
    this.#events = events;
  }

  /** The canvas came or went. */
  attach(canvas: HTMLCanvasElement | null): void {
    this.#canvas = canvas;
  }

  async take(frame: LiveFrame): Promise<void> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(new Blob([frame.bytes], { type: frame.contentType }));
    } catch {
      if (this.#closed) return;
      this.#events.done(frame.frame);
      this.#events.unreadable(frame);
      return;
    }
    if (this.#closed) return bitmap.close();
    if (frame.frame <= this.#newest) {
      bitmap.close();
      return this.#events.done(frame.frame);
    }
    this.#newest = frame.frame;
    this.#held?.bitmap.close();
    this.#held = { frame, bitmap };
    if (!this.#frozen) this.#paint();
  }

  freeze(frozen: boolean): void {
    this.#frozen = frozen;
    if (!frozen) this.#paint();
  }

  close(): void {
    this.#closed = true;
    this.#held?.bitmap.close();
    this.#held = null;
    this.#canvas = null;
  }

  #paint(): void {
    if (this.#held === null) return;
    const { frame, bitmap } = this.#held;
    const { width, height } = bitmap;
    this.#held = null;
    const canvas = this.#canvas;
    const context = canvas?.getContext('2d');
    if (canvas && context) {
      // Setting a size clears the canvas, even when it is the same.
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      // A picture with transparent parts replaces the one before it.
      context.globalCompositeOperation = 'copy';
      context.drawImage(bitmap, 0, 0);
      canvas.dataset['frame'] = String(frame.frame);
      canvas.dataset['mark'] = String(frame.mark);
    }
    bitmap.close();
    this.#events.painted(frame, { width, height });
    this.#events.done(frame.frame);
  }
}
