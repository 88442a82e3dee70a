import { fail } from '../../shared/result.ts';
import { addToStore } from '../fields/file-intake.ts';
import type { FileIntake } from '../fields/file-intake.ts';
import { canBeScaled, scaledSize } from './scaled-size.ts';
import type { PixelSize } from './scaled-size.ts';

/** Sent as they are when they are small: every model reads these. */
const READ_BY_ALL = ['image/jpeg', 'image/png', 'image/webp'];
/** Bytes. A picture goes along with every input. */
const SMALL = 500_000;
const JPEG_QUALITY = 0.9;

/** Pictures are made small before they are taken in, since they are sent with every input; other files are taken as they are. */
export const takeForLive: FileIntake = async (file) => {
  if (!file.type.startsWith('image/')) return addToStore(file);
  const size = await sizeOf(file);
  if (size === null) return fail('This picture cannot be read. Save it as PNG or JPEG, and choose it again.');
  const wanted = scaledSize(size);
  const fits = wanted.width === size.width && wanted.height === size.height;
  if (fits && file.size <= SMALL && READ_BY_ALL.includes(file.type)) return addToStore(file);
  const smaller = canBeScaled(size) ? await scaled(file, wanted) : null;
  if (smaller === null)
    return fail(
      `This picture of ${size.width} × ${size.height} pixels cannot be made smaller here. Choose a smaller one.`,
    );
  return addToStore(smaller);
};

/** As its first bytes tell; the picture itself is not decoded for it, however large. */
function sizeOf(file: File): Promise<PixelSize | null> {
  const address = URL.createObjectURL(file);
  const image = new Image();
  return new Promise<PixelSize | null>((resolve) => {
    image.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      resolve(width > 0 && height > 0 ? { width, height } : null);
    });
    image.addEventListener('error', () => resolve(null));
    image.src = address;
  }).finally(() => URL.revokeObjectURL(address));
}

async function scaled(file: File, { width, height }: PixelSize): Promise<File | null> {
  try {
    const bitmap = await createImageBitmap(file, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'high',
    });
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const clear = context !== null && hasClearParts(context.getImageData(0, 0, width, height).data);
    const type = clear ? 'image/png' : 'image/jpeg';
    const blob = await canvas.convertToBlob({ type, quality: JPEG_QUALITY });
    const name = file.name.replace(/\.[^.]*$/, '');
    return new File([blob], `${name}.${clear ? 'png' : 'jpg'}`, { type });
  } catch {
    return null;
  }
}

function hasClearParts(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true;
  return false;
}
