import type { Field } from './field.ts';
import { inSentence } from './labels.ts';

/** "A prompt is needed", "An image URL is needed", "Images are needed". */
export function neededWords(field: Field): string {
  const name = inSentence(field.label);
  if (isPlural(field.label)) return `${field.label} are needed`;
  const article = /^([aeio]|u(?!r|s|ni))/i.test(name) ? 'An' : 'A';
  return `${article} ${name} is needed`;
}

/** By the last word: "ms" and "fps" are units of one. */
function isPlural(label: string): boolean {
  return /[a-z]{2}[^sui']s$/i.test(label);
}
