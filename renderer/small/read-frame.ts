import { within } from '../../shared/media/small.ts';

/** Seconds: many films begin with black. */
const A_LITTLE_IN = 0.1;

/**
 * One frame of a stored film, small; null where it cannot be read, or has no picture, or one of more than `mostPixels`. `failed`
 * after `patience` milliseconds.
 */
export function readFrame(
  src: string,
  patience: number,
  mostPixels: number,
): Promise<ImageBitmap | null | 'failed'> {
  const film = document.createElement('video');
  const { promise, resolve } = Promise.withResolvers<ImageBitmap | null | 'failed'>();
  const timer = setTimeout(() => resolve('failed'), patience);
  film.muted = true;
  film.preload = 'auto';
  film.addEventListener('error', () => resolve(null));
  film.addEventListener('loadeddata', () => {
    const { videoWidth, videoHeight, duration } = film;
    if (videoWidth === 0 || videoWidth * videoHeight > mostPixels) return resolve(null);
    film.currentTime = Number.isFinite(duration) ? Math.min(A_LITTLE_IN, duration / 2) : 0;
  });
  film.addEventListener('seeked', () => {
    const { width, height } = within(film.videoWidth, film.videoHeight);
    createImageBitmap(film, { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' }).then(
      resolve,
      () => resolve(null),
    );
  });
  film.src = src;
  return promise.finally(() => {
    clearTimeout(timer);
    film.removeAttribute('src');
    film.load();
  });
}
