import type { Field, FileField } from './field.ts';
import { wordsOf } from './labels.ts';

/** Words of names that do not tell one image from another. */
const COMMON = new Set('image images img mask masks url urls uri data'.split(' '));

/** The fields of one object, each mask knowing which image beside it it covers. */
export function withMasks(fields: readonly Field[], hinted: ReadonlySet<string>): readonly Field[] {
  const images = fields.filter((field) => isImage(field) && !isMask(field, hinted));
  return fields.map((field) => {
    if (field.kind !== 'file' || !isMask(field, hinted)) return field;
    const maskOf = imageOf(field, images);
    return maskOf === undefined ? field : { ...field, maskOf };
  });
}

/** By the hint `image_mask`, else by name: `mask_url`, `mask_image_url`, `inpaint_mask`. */
function isMask(field: Field, hinted: ReadonlySet<string>): boolean {
  if (field.kind !== 'file' || field.medium !== 'image') return false;
  return hinted.has(field.name) || wordsOf(field.name).some((word) => word === 'mask' || word === 'masks');
}

function isImage(field: Field): boolean {
  if (field.kind === 'list') return isImage(field.item);
  return field.kind === 'file' && field.medium === 'image';
}

/** The image that shares the mask's own words (`fill_mask_url`, `fill_image_url`), else the plainest, else the first. */
function imageOf(mask: FileField, images: readonly Field[]): string | undefined {
  const wanted = ownWords(mask.name);
  const score = (field: Field): number => {
    const words = ownWords(field.name);
    const shared = words.filter((word) => wanted.includes(word)).length;
    return 4 * shared - words.length + (field.required ? 0.5 : 0) - (field.kind === 'list' ? 0.25 : 0);
  };
  const [best] = images.toSorted((a, b) => score(b) - score(a));
  return best?.name;
}

function ownWords(name: string): readonly string[] {
  return wordsOf(name).filter((word) => !COMMON.has(word));
}
