import type { FieldShape } from './choose.ts';
import { wordsOf } from './labels.ts';
import { flagAt, objectAt, own, textAt } from './node.ts';
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

export function isHidden(nodes: readonly SchemaNode[]): boolean {
  return nodes.some((node) => flagAt(objectAt(node, 'ui') ?? {}, 'hidden') || flagAt(node, 'ui.hidden'));
}

/** Whether a person reaches for this field first: what fal marks as important, prompts, input media and the usual dials. */
export function isPrimary(name: string, nodes: readonly SchemaNode[], shape: FieldShape): boolean {
  const important = nodes.some(
    (node) => flagAt(objectAt(node, 'ui') ?? {}, 'important') || flagAt(node, 'ui.important'),
  );
  return (
    important ||
    PRIMARY_NAMES.has(name.toLowerCase()) ||
    shape.kind === 'size' ||
    isMediaInput(name, nodes, shape)
  );
}

/** `ui.field` in both spellings (fal-protocol §12.4), else the name: most media inputs carry no hint. */
function isMediaInput(name: string, nodes: readonly SchemaNode[], shape: FieldShape): boolean {
  if (shape.kind === 'file' && shape.medium !== 'any') return true;
  if (shape.kind !== 'text' && shape.kind !== 'file' && shape.kind !== 'json') return false;
  const hinted = nodes.some((node) => {
    const ui = objectAt(node, 'ui');
    return (
      own(node, '_fal_ui_field') !== undefined || (ui !== undefined && textAt(ui, 'field') !== undefined)
    );
  });
  if (hinted) return true;
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return ADDRESS_WORDS.has(last)
    ? words.some((word) => MEDIA_WORDS.has(word))
    : words.length === 1 && MEDIA_WORDS.has(last);
}

export function isShortForm(fieldCount: number): boolean {
  return fieldCount <= SHORT_FORM;
}
