import type { Field } from './field.ts';
import { inSentence } from './labels.ts';

/** "A prompt is needed", "An image is needed", "Images are needed", "Audio is needed". */
export function neededWords(field: Field): string {
  const name = inSentence(field.label);
  if (isPlural(field.label)) return `${field.label} are needed`;
  if (/\b(audio|media|data)$/i.test(field.label)) return `${field.label} is needed`;
  const article = /^([aeio]|u(?!r|s|ni))/i.test(name) ? 'An' : 'A';
  return `${article} ${name} is needed`;
}

/** By the last word: "ms" and "fps" are units of one. */
function isPlural(label: string): boolean {
  return /[a-z]{2}[^sui']s$/i.test(label);
}
