import { setImmediate as nextTurn } from 'node:timers/promises';

/** Red, green, blue in 0..1, three floats a pixel. */
export type Canvas = { readonly width: number; readonly height: number; readonly data: Float32Array };

export function makeCanvas(width: number, height: number): Canvas {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/** Milliseconds of painting between two turns of the event loop: other requests must not wait. */
const SLICE_MS = 8;

/** Calls `work` for 0..count-1 and lets others run in between. Rejects when `signal` aborts. */
export async function inSlices(
  count: number,
  signal: AbortSignal | null,
  work: (i: number) => void,
): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
  let until = performance.now() + SLICE_MS;
  for (let i = 0; i < count; i += 1) {
    work(i);
    if (performance.now() < until) continue;
    await nextTurn();
    signal?.throwIfAborted();
    until = performance.now() + SLICE_MS;
  }
}
