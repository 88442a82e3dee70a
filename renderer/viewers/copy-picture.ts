import type { StoredMedia } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { say, sayError, sayProblem } from '../ui/toasts.tsx';
import { mediaUrl } from './title.ts';

/** Puts a picture on the system's clipboard, of whatever kind it is: other programs take a PNG. */
export async function copyPicture(file: Pick<StoredMedia, 'sha256' | 'contentType'>): Promise<void> {
  const png = file.contentType === 'image/png' ? null : await asPng(mediaUrl(file));
  if (png === undefined)
    return sayProblem(
      'The picture could not be copied',
      'It cannot be read as a picture here. Save it as a file.',
    );
  const answer = await ask('media.copyPicture', { sha256: file.sha256, png });
  if (answer.ok) say('Picture copied');
  else sayError(answer.error);
}

/** Undefined for what is no picture, or too large to be drawn. */
async function asPng(src: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const image = new Image();
  image.src = src;
  try {
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    const png = await canvas.convertToBlob({ type: 'image/png' });
    return new Uint8Array(await png.arrayBuffer());
  } catch {
    return undefined;
  }
}
