import { kindOfType } from '../../shared/media/kind.ts';

/** What the browser can tell of a file from its head; null where it cannot, or where the kind has none. */
export interface Measured {
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

const NOTHING: Measured = { width: null, height: null, duration: null };

/** Milliseconds after which a file that says nothing is taken as it is. */
const PATIENCE = 4000;

/** Reads no more of the file than its head. `source` is an address of the page's own origin, or a blob's. */
export function measureMedia(source: string, contentType: string): Promise<Measured> {
  switch (kindOfType(contentType)) {
    case 'image':
      return measureImage(source);
    case 'video':
    case 'audio':
      return measurePlayed(source);
    case 'model':
    case 'file':
      return Promise.resolve(NOTHING);
  }
}

/** The same of a file that is not taken in yet. */
export function measureFile(file: File): Promise<Measured> {
  const address = URL.createObjectURL(file);
  return measureMedia(address, file.type).finally(() => URL.revokeObjectURL(address));
}

function measureImage(source: string): Promise<Measured> {
  const image = new Image();
  return settled((answer) => {
    image.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      answer(width > 0 && height > 0 ? { ...NOTHING, width, height } : NOTHING);
    });
    image.addEventListener('error', () => answer(NOTHING));
    image.src = source;
  });
}

/** A sound is measured as a video too: it has no picture, and then no pixels. */
function measurePlayed(source: string): Promise<Measured> {
  const player = document.createElement('video');
  player.preload = 'metadata';
  return settled((answer) => {
    player.addEventListener('loadedmetadata', () => {
      const { videoWidth, videoHeight, duration } = player;
      answer({
        width: videoWidth > 0 ? videoWidth : null,
        height: videoHeight > 0 ? videoHeight : null,
        // A recording that was never closed does not know its end.
        duration: Number.isFinite(duration) ? duration : null,
      });
    });
    player.addEventListener('error', () => answer(NOTHING));
    player.src = source;
  }).finally(() => player.removeAttribute('src'));
}

function settled(begin: (answer: (measured: Measured) => void) => void): Promise<Measured> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(NOTHING), PATIENCE);
    begin((measured) => {
      clearTimeout(timer);
      resolve(measured);
    });
  });
}
