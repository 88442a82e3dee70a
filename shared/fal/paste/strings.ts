/** A piece of source text that was read, and where it ends. */
export interface ReadText {
  readonly text: string;
  /** Whether all of it stands in the source: a template with a hole in it does not. */
  readonly whole: boolean;
  /** Index of the first character after it. */
  readonly end: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };

/**
 * A quoted string of JSON, JavaScript or Python (also of three quotes) that begins at `at`; null where none does. One that
 * is left open ends with the text.
 */
export function readString(text: string, at: number): ReadText | null {
  const prefix = /[rRbBuUfF]{0,2}/y;
  prefix.lastIndex = at;
  const letters = prefix.exec(text)?.[0].toLowerCase() ?? '';
  const open = at + letters.length;
  const quote = text[open];
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  if (letters !== '' && quote === '`') return null;
  const fence = quote !== '`' && text.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  const raw = letters.includes('r');
  let whole = true;
  let out = '';
  let from = open + fence.length;
  let i = from;
  while (i < text.length && !text.startsWith(fence, i)) {
    // A line break ends what can only be a quote that nobody closed.
    if (text[i] === '\n' && fence.length === 1 && quote !== '`') break;
    if (text[i] === '\\' && !raw) {
      out += text.slice(from, i);
      const escaped = readEscape(text, i);
      out += escaped.text;
      i = escaped.end;
      from = i;
      continue;
    }
    if (quote === '`' && text.startsWith('${', i)) whole = false;
    if (letters.includes('f') && text[i] === '{' && text[i + 1] !== '{') whole = false;
    i += 1;
  }
  out += text.slice(from, Math.min(i, text.length));
  const closed = text.startsWith(fence, i);
  return { text: out, whole: whole && closed, end: closed ? i + fence.length : Math.min(i, text.length) };
}

/** What a backslash and the characters after it stand for. */
function readEscape(text: string, at: number): { readonly text: string; readonly end: number } {
  const code = /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2}))/y;
  code.lastIndex = at;
  const found = code.exec(text);
  if (found !== null) {
    const point = Number.parseInt(found.slice(1).find((digits) => digits !== undefined) ?? '', 16);
    return { text: point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd', end: at + found[0].length };
  }
  const next = text[at + 1] ?? '';
  // A backslash before a line break joins the lines.
  if (next === '\n') return { text: '', end: at + 2 };
  return { text: ESCAPES[next] ?? next, end: at + 1 + next.length };
}

/** The first place at or after `at` that is neither space nor comment of JavaScript or Python. */
export function skipSpace(text: string, at: number): number {
  const space = /(?:\s+|\/\/[^\n]*|#[^\n]*)+/y;
  let i = at;
  for (;;) {
    space.lastIndex = i;
    i += space.exec(text)?.[0].length ?? 0;
    if (!text.startsWith('/*', i)) return i;
    const end = text.indexOf('*/', i + 2);
    i = end === -1 ? text.length : end + 2;
  }
}

/** From the middle of an expression to the comma or bracket that ends it, over strings and inner brackets. */
export function skipExpression(text: string, at: number): number {
  let depth = 0;
  let i = at;
  while (i < text.length) {
    const char = text[i] ?? '';
    if (char === '"' || char === "'" || char === '`') {
      i = Math.max(i + 1, readString(text, i)?.end ?? 0);
      continue;
    }
    if (char === '/' || char === '#') {
      i = Math.max(i + 1, skipSpace(text, i));
      continue;
    }
    if (depth === 0 && (char === ',' || char === '}' || char === ']' || char === ')')) return i;
    if (char === '{' || char === '[' || char === '(') depth += 1;
    if (char === '}' || char === ']' || char === ')') depth -= 1;
    i += 1;
  }
  return i;
}
