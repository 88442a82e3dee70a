import { ask } from '../bridge.ts';
import { assertNever } from '../../shared/result.ts';
import { measureMedia } from '../stores/measure-media.ts';
import { readPeaks } from '../viewers/audio/read-peaks.ts';
import { mediaUrl } from '../viewers/title.ts';
import { drawAside } from './drawing.ts';
import { readFrame } from './read-frame.ts';
import type { Drawable } from './draw.ts';
import type { SmallFile, SmallState } from './small-line.ts';

/** Pixels of which a picture is read: four bytes each lie in memory for a moment. */
export const MOST_PIXELS = 100_000_000;
/** Bars of a sound's small picture. */
const BARS = 64;
/** Milliseconds after which a file that does not begin to tell what it holds is left for another time. */
const PATIENCE = 20_000;

/** Makes the small picture of a file and gives it to main. Never rejects. */
export async function makeSmall(file: SmallFile): Promise<SmallState> {
  try {
    const facts = await ask('media.facts', { sha256: file.sha256 });
    if (!facts.ok) return 'failed';
    if (facts.value === null) return 'missing';
    const what = await read(file);
    if (what === 'failed') return 'failed';
    const bytes = what === null ? null : await drawAside(what);
    if (bytes === 'failed') return 'failed';
    const kept = await ask('thumbs.put', { sha256: file.sha256, bytes });
    if (!kept.ok) return 'failed';
    return bytes === null ? 'impossible' : 'made';
  } catch {
    // The file went while it was read.
    return 'failed';
  }
}

/** Null where there is nothing to be drawn of it. */
async function read(file: SmallFile): Promise<Drawable | null | 'failed'> {
  const src = mediaUrl(file);
  switch (file.medium) {
    case 'image':
      return readPicture(src, file.contentType);
    case 'video': {
      const frame = await readFrame(src, PATIENCE, MOST_PIXELS);
      return frame === null || frame === 'failed' ? frame : { kind: 'frame', frame };
    }
    case 'audio': {
      const { duration: seconds } = await measureMedia(src, file.contentType, PATIENCE);
      if (seconds === null) return null;
      const peaks = await readPeaks(src, {
        seconds,
        bytes: file.bytes,
        count: BARS,
        signal: AbortSignal.timeout(PATIENCE * 3),
      });
      return peaks && { kind: 'sound', peaks };
    }
    case 'model':
    case 'file':
      return null;
    default:
      return assertNever(file.medium);
  }
}

/** Its head is read before it is decoded: a picture of a few kilobytes may be one of gigabytes. */
async function readPicture(src: string, contentType: string): Promise<Drawable | null> {
  // A drawing is decoded by the page alone, and is shown as it is.
  if (contentType === 'image/svg+xml') return null;
  const blob = await (await fetch(src)).blob();
  const address = URL.createObjectURL(blob);
  try {
    const { width, height } = await measureMedia(address, contentType);
    if (width === null || height === null || width * height > MOST_PIXELS) return null;
    return { kind: 'picture', blob };
  } finally {
    URL.revokeObjectURL(address);
  }
}
