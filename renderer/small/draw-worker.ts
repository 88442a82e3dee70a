import { draw } from './draw.ts';
import type { DrawAnswer, DrawWish } from './draw.ts';

addEventListener('message', ({ data: { n, what } }: MessageEvent<DrawWish>) => {
  // A picture that cannot be read rejects.
  void draw(what)
    .catch(() => null)
    .then((bytes) =>
      postMessage({ n, bytes } satisfies DrawAnswer, { transfer: bytes === null ? [] : [bytes.buffer] }),
    );
});
