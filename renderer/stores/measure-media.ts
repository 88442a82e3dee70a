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

/** Milliseconds after which a file that says nothing is taken in as it is. */
const PATIENCE = 4000;

/**
 * Reads no more of the file than its head. `source` is an address of the page's own origin, or a blob's. Nothing is known
 * after `patience` milliseconds without a word of it; left out, it is waited for.
 */
export function measureMedia(source: string, contentType: string, patience?: number): Promise<Measured> {
  switch (kindOfType(contentType)) {
    case 'image':
      return settled(measureImage(source), patience);
    case 'video':
    case 'audio':
      return settled(measurePlayed(source), patience);
    case 'model':
    case 'file':
      return Promise.resolve(NOTHING);
  }
}

/** The same of a file that is not taken in yet. */
export function measureFile(file: File): Promise<Measured> {
  const address = URL.createObjectURL(file);
  return measureMedia(address, file.type, PATIENCE).finally(() => URL.revokeObjectURL(address));
}

function measureImage(source: string): Begin {
  return (answer) => {
    const image = new Image();
    image.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      answer(width > 0 && height > 0 ? { ...NOTHING, width, height } : NOTHING);
    });
    image.addEventListener('error', () => answer(NOTHING));
    image.src = source;
    return () => undefined;
  };
}

/** A sound is measured as a video too: it has no picture, and then no pixels. */
function measurePlayed(source: string): Begin {
  return (answer) => {
    const player = document.createElement('video');
    player.preload = 'metadata';
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
    return () => player.removeAttribute('src');
  };
}

/** Begins to read; returns what ends it. */
type Begin = (answer: (measured: Measured) => void) => () => void;

function settled(begin: Begin, patience: number | undefined): Promise<Measured> {
  return new Promise((resolve) => {
    let end = (): void => undefined;
    const answer = (measured: Measured): void => {
      clearTimeout(timer);
      end();
      resolve(measured);
    };
    const timer = patience === undefined ? undefined : setTimeout(() => answer(NOTHING), patience);
    end = begin(answer);
  });
}
