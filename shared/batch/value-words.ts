import { stringifyJson } from '../json.ts';
import type { JsonValue } from '../json.ts';
import type { Field } from '../schema/field.ts';

const LONGEST = 40;

/** One value of a field as a person reads it at the head of a column: "28", "Ink", "on", "“a wren…”". */
export function valueWords(field: Field, value: JsonValue): string {
  switch (field.kind) {
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? plain(value);
    case 'size':
      return field.presets.find((preset) => preset.value === value)?.label ?? plain(value);
    case 'switch':
      return value === true ? 'on' : value === false ? 'off' : plain(value);
    case 'text':
      return `“${cut(plain(value).replace(/\s+/g, ' ').trim())}”`;
    default:
      return cut(plain(value));
  }
}

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : stringifyJson(value));

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
