import type { PeaksWish } from './peaks-worker.ts';

/** Samples a second that a picture of loudness needs; the decoder leaves out the rest. */
const SAMPLE_RATE = 8000;
/** Seconds and bytes of which a waveform is drawn: decoded, a sound is many times as large as its file. */
const LONGEST = 20 * 60;
const LARGEST = 200 * 1000 ** 2;

/**
 * The peaks of a stored sound, 0 to 1, decoded and reckoned off the thread that draws; null for one that is too long or
 * cannot be decoded. `src` is of the page's own origin; `seconds` its length as the player tells it.
 */
export async function readPeaks(
  src: string,
  { seconds, bytes, count, signal }: { seconds: number; bytes: number; count: number; signal: AbortSignal },
): Promise<Float32Array | null> {
  if (seconds > LONGEST || bytes > LARGEST) return null;
  try {
    const answer = await fetch(src, { signal });
    if (!answer.ok) return null;
    const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    if (signal.aborted) return null;
    const channels = Array.from({ length: sound.numberOfChannels }, (_, i) =>
      sound.getChannelData(i).slice(),
    );
    return await inWorker({ channels, count }, signal);
  } catch {
    // Stopped, or a kind that plays and cannot be decoded whole: it is played without a picture.
    return null;
  }
}

function inWorker(wish: PeaksWish, signal: AbortSignal): Promise<Float32Array | null> {
  const worker = new Worker(new URL('./peaks-worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve } = Promise.withResolvers<Float32Array | null>();
  worker.addEventListener('message', ({ data }: MessageEvent<Float32Array>) => resolve(data));
  worker.addEventListener('error', () => resolve(null));
  signal.addEventListener('abort', () => resolve(null), { once: true });
  worker.postMessage(wish, { transfer: wish.channels.map(({ buffer }) => buffer) });
  return promise.finally(() => worker.terminate());
}
