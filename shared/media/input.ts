import { MAY_BE_SOUND, kindOfType } from './kind.ts';

/** What a field of files wants. */
export type FileMedium = 'image' | 'video' | 'audio' | 'model' | 'any';

/** Bytes. A file is handed over whole, so there is an end to how large it may be. */
export const MOST_INPUT_BYTES = 200 * 1024 ** 2;

/** A sentence on a file that may not be taken in for its size; null for one that may. */
export function sizeProblem(bytes: number): string | null {
  if (bytes === 0) return 'This file is empty.';
  return bytes > MOST_INPUT_BYTES
    ? 'This file is larger than 200 MiB. Use a smaller one, or put it on the web and give its URL.'
    : null;
}

/** Whether a file of this content type is what the field wants; what no first bytes tell is left to the server. */
export function suits(medium: FileMedium, contentType: string): boolean {
  const kind = kindOfType(contentType);
  switch (medium) {
    case 'any':
      return true;
    case 'image':
      return kind === 'image';
    case 'video':
      return kind === 'video' || contentType === 'image/gif';
    case 'audio':
      return kind === 'audio' || MAY_BE_SOUND.has(contentType);
    case 'model':
      // Most formats of 3D are text or have no mark of their own.
      return kind === 'model' || (kind === 'file' && contentType !== 'application/pdf');
  }
}

const WORDS: Readonly<Record<FileMedium, string>> = {
  image: 'an image',
  video: 'a video',
  audio: 'a sound',
  model: 'a 3D model',
  any: 'a file',
};

/** "an image", "a sound". */
export const mediumWords = (medium: FileMedium): string => WORDS[medium];

/** What a content type is called in a sentence: "a PNG image", "plain text". */
export function typeWords(contentType: string): string {
  if (contentType === 'text/plain') return 'plain text';
  if (contentType === 'application/octet-stream') return 'of a kind that is not known';
  const kind = kindOfType(contentType);
  return kind === 'file' ? `a file of type ${contentType}` : WORDS[kind];
}
