import { LONGEST_INTEGER } from '../../json.ts';
import type { JsonValue } from '../../json.ts';
import { readString, skipExpression, skipSpace } from './strings.ts';

export interface ReadLiteral {
  readonly value: JsonValue;
  /** Index of the first character after it. */
  readonly end: number;
  /** Where in it something stands that is no plain value, such as a variable: left out of `value`. */
  readonly unread: readonly string[];
}

/** Deeper than any model's input, and far from what a stack can hold. */
const DEEPEST = 60;
const CONSTANTS: Readonly<Record<string, JsonValue>> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
};
const NAME = /[A-Za-z_$][\w$]*/y;
/** How JavaScript writes a number that its own would round; the code that is taken away from here does. */
const RAW = /JSON\.rawJSON\((['"])-?\d+\1\)/y;
const NUMBER = /[+-]?(?:0[xX][\da-fA-F]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?/y;

/**
 * A value written in JSON, JavaScript or Python that begins at `at`, read and never run: trailing commas, comments, single
 * quotes, names as keys. What is no plain value is passed over and named in `unread`. Null where none begins.
 */
export function readLiteral(text: string, at: number): ReadLiteral | null {
  const unread: string[] = [];
  const read = readValue({ text, unread }, skipSpace(text, at), '', 0);
  return read === null ? null : { ...read, unread };
}

interface Source {
  readonly text: string;
  readonly unread: string[];
}
interface Read {
  readonly value: JsonValue;
  readonly end: number;
}

function readValue(source: Source, at: number, path: string, depth: number): Read | null {
  const { text } = source;
  if (depth > DEEPEST) return null;
  if (text[at] === '{') return readEntries(source, at, path, depth);
  if (text[at] === '[') return readItems(source, at, path, depth);
  const string = readString(text, at);
  if (string !== null) return string.whole ? readJoined(text, string.text, string.end) : null;
  const number = match(NUMBER, text, at);
  if (number !== null) return numberOf(number, at);
  const raw = match(RAW, text, at);
  if (raw !== null) {
    const read = numberOf(raw.replace(/[^\d-]/g, ''), 0);
    return read && { ...read, end: at + raw.length };
  }
  const name = match(NAME, text, at);
  const value = name !== null && Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
  return name === null || value === undefined ? null : { value, end: at + name.length };
}

/** Python joins strings that stand side by side. */
function readJoined(text: string, first: string, end: number): Read {
  const parts = [first];
  for (let i = end; ;) {
    const next = readString(text, skipSpace(text, i));
    if (next === null || !next.whole) return { value: parts.join(''), end: i };
    parts.push(next.text);
    i = next.end;
  }
}

function readEntries(source: Source, at: number, path: string, depth: number): Read {
  const { text, unread } = source;
  const entries: [string, JsonValue][] = [];
  let i = skipSpace(text, at + 1);
  while (i < text.length && !isCloser(text[i])) {
    const key = readKey(text, i);
    const colon = key === null ? -1 : skipSpace(text, key.end);
    if (key !== null && text[colon] === ':') {
      const inner = path === '' ? key.text : `${path}.${key.text}`;
      const value = readWhole(source, skipSpace(text, colon + 1), inner, depth);
      if (value.value !== undefined) entries.push([key.text, value.value]);
      i = value.end;
    } else {
      // A method, a spread, or a name that stands for its own value.
      unread.push(key?.text ?? '…');
      i = skipExpression(text, i);
    }
    i = afterComma(text, i);
  }
  // Not by assignment: a key may be called __proto__.
  return { value: Object.fromEntries(entries), end: text[i] === '}' ? i + 1 : i };
}

function readItems(source: Source, at: number, path: string, depth: number): Read {
  const { text } = source;
  const items: JsonValue[] = [];
  let i = skipSpace(text, at + 1);
  while (i < text.length && !isCloser(text[i])) {
    const value = readWhole(source, i, `${path}[${items.length}]`, depth);
    if (value.value !== undefined) items.push(value.value);
    i = afterComma(text, value.end);
  }
  return { value: items, end: text[i] === ']' ? i + 1 : i };
}

/** A value with nothing behind it: `"a" + b` begins with a string and is none. */
function readWhole(
  source: Source,
  at: number,
  path: string,
  depth: number,
): { readonly value: JsonValue | undefined; readonly end: number } {
  const { text, unread } = source;
  const before = unread.length;
  const read = readValue(source, at, path, depth + 1);
  const end = skipSpace(text, read?.end ?? at);
  const next = text[end];
  if (read !== null && (next === undefined || next === ',' || isCloser(next)))
    return { value: read.value, end };
  if (/undefined\b/y.test(text.slice(at, at + 10)))
    return { value: undefined, end: skipExpression(text, end) };
  unread.length = before;
  unread.push(path);
  return { value: undefined, end: skipExpression(text, end) };
}

const afterComma = (text: string, at: number): number => (isCloser(text[at]) ? at : skipSpace(text, at + 1));

/** Any of them ends what is open: one that closes something else must not be waited past for ever. */
const isCloser = (char: string | undefined): boolean =>
  char !== undefined && (char === '}' || char === ']' || char === ')');

function readKey(text: string, at: number): { readonly text: string; readonly end: number } | null {
  const string = readString(text, at);
  if (string !== null) return string;
  if (text[at] === '[') {
    // `["__proto__"]: 1` is a key, where `__proto__: 1` would not be one.
    const inner = readString(text, skipSpace(text, at + 1));
    const close = inner === null ? at : skipSpace(text, inner.end);
    return inner !== null && text[close] === ']' ? { text: inner.text, end: close + 1 } : null;
  }
  const name = match(NAME, text, at) ?? match(NUMBER, text, at);
  return name === null ? null : { text: name, end: at + name.length };
}

function numberOf(source: string, at: number): Read | null {
  const plain = source.replaceAll('_', '').replace(/n$/, '').replace(/^\+/, '');
  const value = Number(plain);
  const end = at + source.length;
  const readable = plain.length <= LONGEST_INTEGER;
  if (readable && /^-?\d+$/.test(plain) && !Number.isSafeInteger(value)) return { value: BigInt(plain), end };
  return Number.isFinite(value) ? { value, end } : null;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
