import { isJsonObject, parseJson } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { readName } from './address.ts';
import type { NamedRequest } from './address.ts';
import { readLiteral } from './literal.ts';
import { shellWords } from './shell.ts';
import { readString, skipExpression, skipSpace } from './strings.ts';

/** A model by its id or an address, or out of code. */
export interface NamedModel {
  readonly kind: 'model';
  readonly endpointId: string;
  /** What to fill its request with; null where nothing was said that can be read. */
  readonly values: JsonObject | null;
  /** Names of values that are no plain values, such as a variable. */
  readonly unread: readonly string[];
}

export type Snippet = NamedModel | NamedRequest;

type Values = Pick<NamedModel, 'values' | 'unread'>;
const NO_VALUES: Values = { values: null, unread: [] };

/** The calls of fal's clients that name a model first (fal-protocol §13). */
const CALL =
  /\b(?:subscribe|run|submit|stream|connect|realtime)(?:_async)?\s*(?:<[^()<>]{0,80}>)?\(\s*(?=["'`])/g;
const ADDRESS_IN_CODE = /(?:https?|wss?):\/\/(?:[a-z.]{1,12}\.)?fal\.(?:run|ai)\/[^\s"'`<>(){}\\]{1,400}/gi;
const LONGEST_ID = 300;
const OWN_LINE = /\bfal\s+--\s+(?:run|submit|subscribe|stream|realtime)\s+(?=\S)/;

/** Code as fal's pages show it, in JavaScript or Python, or a line of a shell; read and never run. Null where no model is named. */
export function readSnippet(text: string): Snippet | null {
  return readCurl(text) ?? readOwnLine(text) ?? readCall(text) ?? readAddressed(text);
}

function readCurl(text: string): Snippet | null {
  const at = /\bcurl\s/.exec(text);
  if (at === null) return null;
  const words = shellWords(text, at.index);
  let address: ReturnType<typeof readName> = null;
  let body: string | null = null;
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    const joined = /^--(data(?:-raw|-binary)?|json)=([^]*)$/.exec(word);
    if (joined !== null) body = joined[2] ?? null;
    else if (/^(?:-d|--data(?:-raw|-binary)?|--json)$/.test(word)) body = next ?? null;
    else if (address === null && /^(?:--url=)?(?:https?:\/\/)?[a-z.]*fal\.(?:run|ai)\//i.test(word))
      address = readName(word.replace(/^--url=/, ''));
  }
  if (address === null) return null;
  return address.kind === 'request' ? address : { ...address, ...bodyOf(body) };
}

/** This program's own line: `npm run fal -- run ENDPOINT JSON`. */
function readOwnLine(text: string): Snippet | null {
  const line = OWN_LINE.exec(text);
  if (line === null) return null;
  const [id = '', body = null] = shellWords(text, line.index + line[0].length);
  const name = readName(id);
  return name?.kind === 'model' ? { ...name, ...bodyOf(body) } : null;
}

function readCall(text: string): Snippet | null {
  for (const call of text.matchAll(CALL)) {
    const at = call.index + call[0].length;
    // Not to the end of the text: a thousand quotes that nobody closed would each go that far.
    const first = readString(text.slice(at, at + LONGEST_ID), 0);
    const name = first?.whole ? readName(first.text) : null;
    if (first === null || name?.kind !== 'model') continue;
    return { ...name, ...inputIn(text, at + first.end) };
  }
  return null;
}

/** What follows the model's name: `{ input: {…} }` in JavaScript, `arguments={…}` in Python. */
function inputIn(text: string, at: number): Values {
  let i = skipSpace(text, at);
  while (text[i] === ',') {
    i = skipSpace(text, i + 1);
    const named = /(\w+)\s*=\s*(?=[^=>\s])/y;
    named.lastIndex = i;
    const keyword = named.exec(text);
    const from = keyword === null ? i : i + keyword[0].length;
    if (keyword === null || keyword[1] === 'arguments') {
      const read = objectAt(text, from);
      if (read.values !== null) return keyword === null ? inputOf(read) : read;
      if (keyword !== null) return { values: null, unread: ['arguments'] };
    }
    i = skipSpace(text, skipExpression(text, from));
  }
  return NO_VALUES;
}

/** The `input` among a call's options. */
function inputOf({ values, unread }: Values): Values {
  const input = values?.['input'];
  const within = unread.flatMap((name) => (name.startsWith('input.') ? [name.slice(6)] : []));
  if (isJsonObject(input)) return { values: input, unread: within };
  return { values: null, unread: unread.filter((name) => name === 'input') };
}

/** Any other code that names an address of fal, and a body as `fetch` or `requests` take it. */
function readAddressed(text: string): Snippet | null {
  for (const [address] of text.matchAll(ADDRESS_IN_CODE)) {
    const name = readName(address.replace(/[.,;:!?]+$/, ''));
    if (name?.kind === 'request') return name;
    if (name === null) continue;
    const body = /JSON\.stringify\(|\bjson\s*=\s*|\bbody\s*:\s*(?=["'`])/.exec(text);
    if (body === null) return { ...name, ...NO_VALUES };
    const at = body.index + body[0].length;
    const quoted = readString(text, at);
    return { ...name, ...(quoted === null ? objectAt(text, at) : bodyOf(quoted.text)) };
  }
  return null;
}

function objectAt(text: string, at: number): Values {
  const read = text[skipSpace(text, at)] === '{' ? readLiteral(text, at) : null;
  return isJsonObject(read?.value) ? { values: read.value, unread: read.unread } : NO_VALUES;
}

/** A body as it would be sent: JSON, or what a person left of it. */
export function bodyOf(body: string | null): Values {
  if (body === null) return NO_VALUES;
  const exact = parseJson(body);
  if (exact.ok) return isJsonObject(exact.value) ? { values: exact.value, unread: [] } : NO_VALUES;
  return objectAt(body, 0);
}
