import type { Field } from './field.ts';
import { fileHint } from './file.ts';
import { wordsOf } from './labels.ts';
import { flagAt, objectAt, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';

/** A form of this many fields folds nothing away. */
const SHORT_FORM = 6;

const PRIMARY_NAMES = new Set(
  [
    'prompt text lyrics script question messages input image_size video_size width height seed aspect_ratio resolution',
    'duration seconds duration_seconds seconds_total num_inference_steps num_steps steps inference_steps',
    'num_images num_outputs num_videos num_samples number_of_images n voice',
  ].flatMap((line) => line.split(' ')),
);

const MEDIA_WORDS = new Set('image images video videos audio audios mask frame photo picture'.split(' '));
const ADDRESS_WORDS = new Set(['url', 'urls']);

/** Marked so, or a file's bytes, which stand in the schema and never on the wire (fal-protocol §12.4, `file_data`). */
export function isHidden(nodes: readonly SchemaNode[]): boolean {
  return nodes.some(
    (node) =>
      flagAt(objectAt(node, 'ui') ?? {}, 'hidden') ||
      flagAt(node, 'ui.hidden') ||
      textAt(node, 'format') === 'binary',
  );
}

/** Whether a person reaches for this field first: what fal marks as important, prompts, input media and the usual dials. */
export function isPrimary(field: Field, nodes: readonly SchemaNode[]): boolean {
  const important = nodes.some(
    (node) => flagAt(objectAt(node, 'ui') ?? {}, 'important') || flagAt(node, 'ui.important'),
  );
  return (
    important ||
    PRIMARY_NAMES.has(field.name.toLowerCase()) ||
    field.kind === 'size' ||
    isMediaInput(field, nodes)
  );
}

const MAY_HOLD_MEDIA = new Set<Field['kind']>(['text', 'file', 'list', 'object', 'map', 'json']);

/** By hint, by medium, else by name: most media inputs carry no hint. */
function isMediaInput(field: Field, nodes: readonly SchemaNode[]): boolean {
  if (isMedium(field)) return true;
  if (!MAY_HOLD_MEDIA.has(field.kind)) return false;
  if (nodes.some((node) => fileHint(node) !== undefined)) return true;
  const words = wordsOf(field.name);
  const last = words.at(-1) ?? '';
  return ADDRESS_WORDS.has(last)
    ? words.some((word) => MEDIA_WORDS.has(word))
    : words.length === 1 && MEDIA_WORDS.has(last);
}

function isMedium(field: Field): boolean {
  if (field.kind === 'list') return isMedium(field.item);
  return field.kind === 'file' && field.medium !== 'any';
}

export function isShortForm(fieldCount: number): boolean {
  return fieldCount <= SHORT_FORM;
}
