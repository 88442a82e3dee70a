import type { FileLimits } from './field.ts';
import { numberAt, objectAt, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';

type Measure = Exclude<keyof FileLimits, 'words'>;

const KEYS: readonly (readonly [limit: Measure, key: string])[] = [
  ['maxBytes', 'max_file_size'],
  ['maxPixels', 'max_pixels'],
  ['minWidth', 'min_width'],
  ['maxWidth', 'max_width'],
  ['minHeight', 'min_height'],
  ['maxHeight', 'max_height'],
  ['minAspectRatio', 'min_aspect_ratio'],
  ['maxAspectRatio', 'max_aspect_ratio'],
  ['minDuration', 'min_duration'],
  ['maxDuration', 'max_duration'],
  ['minFps', 'min_fps'],
  ['maxFps', 'max_fps'],
];

/** The limits of a file: from `x-fal`, else from the same keys flat beside it (fal-protocol §12.4). */
export function fileLimitsOf(nodes: readonly SchemaNode[]): FileLimits {
  const places = nodes.flatMap((node) => [objectAt(node, 'x-fal') ?? {}, node]);
  const limits: Partial<Record<Measure, number>> = {};
  for (const [limit, key] of KEYS) {
    const value = places.map((place) => numberAt(place, key)).find((value) => value !== undefined);
    if (value !== undefined && value > 0) limits[limit] = value;
  }
  const words = nodes.map((node) => textAt(node, 'limit_description')).find((text) => text !== undefined);
  return { ...(words !== undefined && words !== '' && { words }), ...limits };
}
