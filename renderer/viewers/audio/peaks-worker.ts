import { peaksOf } from './peaks.ts';

/** What the worker is given: samples of each channel, and how many peaks are wanted. */
export interface PeaksWish {
  readonly channels: readonly Float32Array[];
  readonly count: number;
}

addEventListener('message', ({ data }: MessageEvent<PeaksWish>) => {
  const peaks = peaksOf(data.channels, data.count);
  postMessage(peaks, { transfer: [peaks.buffer] });
});
