import { isObject } from './http.ts';
import type { LocalModel } from './types.ts';

/** fal's megapixel: its pages count a picture of 1024 x 1024 as one. */
const MEGAPIXEL = 1024 * 1024;

/** What a finished run is charged for, in units of its model's price (fal-protocol §9.2, §12.2): what came out, else one. */
export function billableUnits(model: LocalModel, input: unknown, output: unknown): number {
  if (model.units !== undefined) return model.units(input, output);
  const pictures = isObject(output) && Array.isArray(output['images']) ? output['images'] : null;
  if (pictures === null) return 1;
  switch (model.price?.unit) {
    case 'images':
      return pictures.length;
    case 'megapixels':
      return pictures.reduce((sum: number, picture) => sum + megapixels(picture), 0);
    default:
      return 1;
  }
}

/** Each picture is rounded up to a whole one. */
function megapixels(picture: unknown): number {
  if (!isObject(picture)) return 1;
  const { width, height } = picture;
  return typeof width === 'number' && typeof height === 'number'
    ? Math.ceil((width * height) / MEGAPIXEL)
    : 1;
}
