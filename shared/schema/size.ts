import type { SizePreset } from './field.ts';
import { labelFromName } from './labels.ts';
import { limitsOf } from './limits.ts';
import { numberAt, objectAt, propertiesOf } from './node.ts';
import type { SchemaNode } from './node.ts';
import { kindOf } from './expects.ts';
import type { Resolve } from './resolve.ts';
import { unwrap } from './union.ts';

/** The names fal defines, in pixels (fal-protocol §12.4, `image_size`). */
const FAL_SIZES: ReadonlyMap<string, readonly [width: number, height: number]> = new Map([
  ['square_hd', [1024, 1024]],
  ['square', [512, 512]],
  ['portrait_4_3', [768, 1024]],
  ['portrait_16_9', [576, 1024]],
  ['landscape_4_3', [1024, 768]],
  ['landscape_16_9', [1024, 576]],
]);

/** A side's limits where the schema names none, in pixels (fal-protocol §12.4). */
const SMALLEST_SIDE = 1;
const LARGEST_SIDE = 14142;

export interface SideLimits {
  readonly minSide: number;
  readonly maxSide: number;
  readonly sideMultipleOf?: number;
}

/** An object of a width and a height and nothing else; a box with a depth or a picture with a URL is no size. */
export function isSizeObject(node: SchemaNode): boolean {
  const names = propertiesOf(node).map(([name]) => name);
  return (
    names.length === 2 && names.includes('width') && names.includes('height') && kindOf(node) === 'object'
  );
}

/** The limits of both sides in pixels; the looser of the two where they differ, the server knows the rest. */
export function sideLimitsOf(node: SchemaNode, resolve: Resolve): SideLimits {
  const properties = objectAt(node, 'properties') ?? {};
  const sides = [properties['width'], properties['height']].map(
    (side) => unwrap(resolve(side), resolve).branches[0] ?? {},
  );
  const limits = sides.map((side) => limitsOf(side, true));
  const [across, down] = sides.map((side) => numberAt(side, 'multipleOf'));
  return {
    minSide: Math.max(SMALLEST_SIDE, Math.min(...limits.map(({ min }) => min ?? SMALLEST_SIDE))),
    maxSide: Math.max(...limits.map(({ max }) => max ?? LARGEST_SIDE)),
    ...(across !== undefined && across === down && across > 1 && { sideMultipleOf: across }),
  };
}

export function presetOf(value: string): SizePreset {
  const size = FAL_SIZES.get(value) ?? pixelsIn(value);
  return { value, label: presetLabel(value), ...(size && { width: size[0], height: size[1] }) };
}

/** "landscape_16_9" -> "Landscape 16:9", "1024x768" -> "1024 × 768". */
function presetLabel(value: string): string {
  const pixels = pixelsIn(value);
  if (pixels !== undefined) return `${pixels[0]} × ${pixels[1]}`;
  const ratio = /^(.*?)[_ ](\d+)[_:x](\d+)$/.exec(value);
  if (ratio?.[1] !== undefined) return `${labelFromName(ratio[1])} ${ratio[2]}:${ratio[3]}`;
  return /^[A-Za-z]/.test(value) ? labelFromName(value) : value;
}

function pixelsIn(value: string): readonly [number, number] | undefined {
  const sides = /^(\d{2,5})\s*[x×*]\s*(\d{2,5})$/i.exec(value);
  return sides ? [Number(sides[1]), Number(sides[2])] : undefined;
}
