import type { DrawAnswer, DrawWish, Drawable } from './draw.ts';

type Drawn = Uint8Array<ArrayBuffer> | null | 'failed';

let worker: Worker | null = null;
let n = 0;
const waiting = new Map<number, (drawn: Drawn) => void>();

/** Draws in the worker, which is there only while there is something to draw. `failed` where the worker itself did. */
export function drawAside(what: Drawable): Promise<Drawn> {
  n += 1;
  const wish: DrawWish = { n, what };
  const { promise, resolve } = Promise.withResolvers<Drawn>();
  waiting.set(n, resolve);
  worker ??= begin();
  worker.postMessage(wish, { transfer: what.kind === 'frame' ? [what.frame] : [] });
  return promise;
}

function begin(): Worker {
  const begun = new Worker(new URL('./draw-worker.ts', import.meta.url), { type: 'module' });
  begun.addEventListener('message', ({ data }: MessageEvent<DrawAnswer>) => {
    waiting.get(data.n)?.(data.bytes);
    waiting.delete(data.n);
    if (waiting.size === 0) end();
  });
  begun.addEventListener('error', () => {
    for (const answer of waiting.values()) answer('failed');
    waiting.clear();
    end();
  });
  return begun;
}

function end(): void {
  worker?.terminate();
  worker = null;
}
