import type { FileMedium } from '../../shared/media/input.ts';
import { kindOfType } from '../../shared/media/kind.ts';

const NOUNS = { image: 'image', video: 'video', audio: 'sound', model: 'file', any: 'file' } as const;

/** What a file is called in a sentence: by its own kind, else by what the field takes. */
export function nounOf(medium: FileMedium, contentType: string): string {
  const kind = kindOfType(contentType);
  return NOUNS[kind === 'file' || kind === 'model' ? medium : kind];
}
