import { wordsOf } from './labels.ts';
import { countAt, listAt, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';

// Lengths in characters.
const LONG_LIMIT = 200;
const SHORT_LIMIT = 80;
const LONG_VALUE = 80;

const LONG_WORDS = new Set(
  [
    'prompt prompts text texts lyrics script caption captions transcript instruction instructions description story',
    'dialogue dialog narration message content background summary',
  ].flatMap((line) => line.split(' ')),
);

/** Last words of names that hold one line whatever their schema's length says: addresses, names, codes. */
const SHORT_ENDINGS = new Set(
  'url urls uri path id ids name word phrase token key model voice color colour'.split(' '),
);

/** Whether a text wants room for several lines: prompts and the like by name, else by length and by description. */
export function isMultiline(name: string, node: SchemaNode): boolean {
  const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
  const last = words.at(-1) ?? '';
  const maxLength = countAt(node, 'maxLength') ?? Infinity;
  if (SHORT_ENDINGS.has(last) || textAt(node, 'format') !== undefined || maxLength <= SHORT_LIMIT)
    return false;
  if (LONG_WORDS.has(last) || (last === 'input' && words.includes('text'))) return true;
  if (maxLength >= LONG_LIMIT && maxLength < Infinity) return true;
  const samples = [textAt(node, 'default') ?? '', ...(listAt(node, 'examples') ?? [])];
  if (samples.some((sample) => typeof sample === 'string' && isLong(sample))) return true;
  return /^\s*(the |a |an )?(input |full |raw )*(text|prompt|lyrics|script|question|instruction)s? (to|for|that|which|describing)\b/i.test(
    textAt(node, 'description') ?? '',
  );
}

function isLong(value: string): boolean {
  return value.includes('\n') || (value.length > LONG_VALUE && !/^(https?:|data:)/i.test(value));
}
