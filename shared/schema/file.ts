import type { FileMedium } from '../media/input.ts';
import { kindOfEnding, kindOfName } from '../media/kind.ts';
import { wordsOf } from './labels.ts';
import { listAt, objectAt, own, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import { isMultiline } from './text.ts';

/** Values of `ui.field` and `_fal_ui_field` (fal-protocol §12.4); "url" says only that it is an address. */
const HINTS: ReadonlyMap<string, FileMedium> = new Map([
  ['image', 'image'],
  ['image_mask', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['archive', 'any'],
  ['file', 'any'],
]);

/** Before `_url`, these mean a file of no medium in particular: an archive to train on, subtitles, a font. */
const FILE_WORDS = new Set('data file media archive zip dataset pointmap'.split(' '));
const ADDRESS_WORDS = new Set(['url', 'uri', 'urls', 'uris']);
/** Media under names that `kindOfName` leaves alone, for outputs hold other things under them. */
const INPUT_WORDS: ReadonlyMap<string, FileMedium> = new Map([
  ['face', 'image'],
  ['voice', 'audio'],
]);

/**
 * The medium of the file whose address a text property holds, or `undefined` for a property that is just text. Most carry
 * no hint, so the name decides: `image_url`, `end_image_url`, `mask_url`; a name that does not end in `_url` counts only
 * where its words or examples speak of an address. A LoRA's or a configuration's address stays a text.
 */
export function fileMedium(name: string, branches: readonly SchemaNode[]): FileMedium | undefined {
  for (const node of branches) {
    const medium = HINTS.get(fileHint(node) ?? '');
    if (medium !== undefined) return medium;
  }
  const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
  const named = ADDRESS_WORDS.has(words.at(-1) ?? '');
  const subject = (named ? words.slice(0, -1) : words).at(-1) ?? '';
  if (!named) {
    const kind = kindOfName(name);
    if (kind !== undefined && kind !== 'file' && branches.some(speaksOfAddress)) return kind;
    return describedMedium(name, branches);
  }
  if (subject === 'model') return branches.some(speaksOf3d) ? 'model' : undefined;
  // `image_data_url` is an archive of images, `font_file_h1_url` a font, `media_url` whatever its words say.
  if (FILE_WORDS.has(subject) || words.includes('file')) return mediumInWords(branches) ?? 'any';
  const kind = INPUT_WORDS.get(subject) ?? kindOfName(name) ?? endingOf(branches);
  if (kind !== undefined) return kind === 'file' ? undefined : kind;
  return subject !== 'config' && branches.some(speaksOfFile) ? 'any' : undefined;
}

/** "URL of the image", "The image to compare with"; not "The image style to use". */
const ABOUT_A_FILE =
  /^\s*(?:(?:the|an?|optional|public) )*(?:url (?:of|to) )?(?:the |an? )?(?:input |source |reference )?(image|video|audio)(?: file)?(?: to\b| for\b|\.|$)/i;

/** A name that says nothing, with words that do. */
function describedMedium(name: string, branches: readonly SchemaNode[]): FileMedium | undefined {
  if (branches.some((node) => isMultiline(name, node))) return undefined;
  const media = branches.map((node) => mediumNamed(ABOUT_A_FILE.exec(wordsOn(node))?.[1]));
  return media.find((medium) => medium !== undefined);
}

/** The one medium a description speaks of; none where it speaks of an archive, or of several. */
function mediumInWords(branches: readonly SchemaNode[]): FileMedium | undefined {
  const words = branches.map(wordsOn).join('\n');
  if (/\b(zip|archive|dataset)\b/i.test(words)) return undefined;
  if (/\b(glb|gltf|obj|fbx|usdz|stl)\b/i.test(words)) return 'model';
  const found = [...words.matchAll(/\b(image|video|audio) file\b/gi)].map(([, word]) => mediumNamed(word));
  const [medium] = found;
  return found.every((other) => other === medium) ? medium : undefined;
}

function mediumNamed(word: string | undefined): FileMedium | undefined {
  const name = word?.toLowerCase();
  return name === 'image' || name === 'video' || name === 'audio' ? name : undefined;
}

function speaksOfFile(node: SchemaNode): boolean {
  return /\b(the|media|json|csv|srt) file\b/i.test(wordsOn(node));
}

function wordsOn(node: SchemaNode): string {
  return textAt(node, 'description') ?? '';
}

/** `ui.field` in both its spellings: "image", "image_mask", "archive". */
export function fileHint(node: SchemaNode): string | undefined {
  return textAt(objectAt(node, 'ui') ?? {}, 'field') ?? textAt(node, '_fal_ui_field');
}

function speaksOfAddress(node: SchemaNode): boolean {
  return (
    /\b(urls?|base64|data uris?)\b/i.test(wordsOn(node)) ||
    samplesOf(node).some((sample) => /^(https?:|data:)/i.test(sample))
  );
}

function speaksOf3d(node: SchemaNode): boolean {
  return (
    /\b(3d|glb|gltf|obj|fbx|mesh)\b/i.test(wordsOn(node)) ||
    samplesOf(node).some((sample) => kindOfEnding(sample) === 'model')
  );
}

/** What the examples' addresses end in. */
function endingOf(branches: readonly SchemaNode[]): FileMedium | undefined {
  const kinds = branches.flatMap(samplesOf).map(kindOfEnding);
  return kinds.find((kind) => kind !== undefined && kind !== 'file');
}

function samplesOf(node: SchemaNode): readonly string[] {
  return [own(node, 'default'), own(node, 'example'), ...(listAt(node, 'examples') ?? [])].filter(
    (sample) => typeof sample === 'string',
  );
}
