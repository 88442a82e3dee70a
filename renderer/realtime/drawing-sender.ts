import { addToStore } from '../fields/file-intake.ts';
import { sayProblem } from '../ui/toasts.tsx';
import { drawingAsPng } from './drawing.ts';
import type { Stroke } from '../ui/stroke.ts';

type Setter = (value: string) => void;

/** Milliseconds between two states of a stroke that is being drawn. */
const WHILE_DRAWING_MS = 250;

/**
 * Makes a drawing the value of its field: now and then while a stroke is drawn, and when it is done. A state in between
 * travels in the request itself, so that the store keeps only drawings that stood for a moment.
 */
export class DrawingSender {
  #turn = 0;
  #lastAt = 0;

  drawing(strokes: readonly Stroke[], set: Setter): void {
    const now = performance.now();
    if (now - this.#lastAt < WHILE_DRAWING_MS) return;
    this.#lastAt = now;
    void this.#send(async () => asDataUri(await drawingAsPng(strokes)), set);
  }

  drawn(strokes: readonly Stroke[], set: Setter): void {
    void this.#send(async () => {
      const png = await drawingAsPng(strokes);
      const taken = await addToStore(new File([png], 'drawing.png', { type: png.type }));
      if (taken.ok) return taken.value.value;
      sayProblem('The drawing was not taken', taken.error);
      return null;
    }, set);
  }

  /** A state that is ready late is not set over a newer one. */
  async #send(make: () => Promise<string | null>, set: Setter): Promise<void> {
    this.#turn += 1;
    const mine = this.#turn;
    const value = await make();
    if (value !== null && mine === this.#turn) set(value);
  }
}

function asDataUri(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new Error('The drawing could not be read.')));
    reader.readAsDataURL(blob);
  });
}
