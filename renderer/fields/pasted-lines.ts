import type { JsonValue } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import { readNumber } from './number-text.ts';

/** The values that a pasted text of several lines is, one a line; null where it is better pasted as it is. */
export function linesOf(item: Field, text: string): readonly JsonValue[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length < 2) return null;
  switch (item.kind) {
    case 'text':
      return item.multiline ? null : lines;
    case 'file':
      return lines;
    case 'number': {
      const numbers = lines.map((line) => readNumber(line, item.integer));
      return numbers.every((number) => number !== undefined) ? numbers : null;
    }
    default:
      return null;
  }
}
