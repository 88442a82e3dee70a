import { fullPath } from '../fal/endpoint-id.ts';
import type { EndpointId } from '../fal/endpoint-id.ts';
import type { RequestOptions } from '../fal/request-options.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { extensionFor, safeFileName } from '../media/file-name.ts';
import { referencedSha, referencedShas } from '../media/reference.ts';

export const callMethods = ['queue', 'run', 'stream', 'realtime'] as const;
/** How a model is asked: through the queue, directly, bit by bit, or over a live socket. */
export type CallMethod = (typeof callMethods)[number];

/** What a snippet does. No key is part of it: each language reads FAL_KEY from the environment. */
export interface Call {
  readonly endpoint: EndpointId;
  readonly input: JsonObject;
  readonly method: CallMethod;
  /** What is asked for beside the input; absent where nothing is. */
  readonly options?: RequestOptions;
  /** What is known of the files the input names as `media:<sha256>`, by hash. */
  readonly files: ReadonlyMap<string, { readonly fileName: string; readonly contentType: string }>;
}

/** A file of this computer that the code has to upload first. */
export interface FileToUpload {
  readonly sha256: string;
  /** Of the file beside the code; safe in every shell and on every system once it is quoted. */
  readonly name: string;
  readonly contentType: string;
  /** 0 where it is the only one, else 1, 2, 3: for the name of its variable. */
  readonly number: number;
}

/** The files of a call in the order they stand in the input, each once and under a name of its own. */
export function filesOf({ input, files }: Call): readonly FileToUpload[] {
  const shas = referencedShas(input);
  const taken = new Set<string>();
  return shas.map((sha256, index) => {
    const known = files.get(sha256);
    const contentType = known?.contentType ?? 'application/octet-stream';
    const name = freeName(safeFileName(known?.fileName ?? 'file', extensionFor(contentType)), taken);
    return { sha256, name, contentType, number: shas.length === 1 ? 0 : index + 1 };
  });
}

/** Beside each other two files of one name would be one file; so would two that differ in capitals, on most systems. */
function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1)
    free = `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
  taken.add(free.toLowerCase());
  return free;
}

/** How a language writes a value of JSON. */
export interface Notation {
  /** Spaces; null writes everything on one line. */
  readonly indent: number | null;
  readonly trailingComma: boolean;
  readonly text: (text: string) => string;
  readonly key: (name: string) => string;
  readonly whole: (value: bigint) => string;
  readonly word: (value: true | false | null) => string;
  /** The variable that holds the address of an uploaded file. */
  readonly file: (sha256: string) => string;
}

/** Characters; a short list of plain values stays on one line. */
const SHORT_LIST = 72;

/** `value` as `notation` writes it. `depth` is that of the line it begins on. */
export function write(value: JsonValue, notation: Notation, depth = 0): string {
  if (typeof value === 'string') {
    const sha256 = referencedSha(value);
    return sha256 === null ? notation.text(value) : notation.file(sha256);
  }
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'bigint') return notation.whole(value);
  if (typeof value === 'boolean' || value === null) return notation.word(value);
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([name, inner]) => `${notation.key(name)}: ${write(inner, notation, depth + 1)}`,
    );
    return enclosed('{', entries, '}', notation, depth);
  }
  const items = value.map((inner: JsonValue) => write(inner, notation, depth + 1));
  const line = `[${items.join(', ')}]`;
  const plain = value.every((inner: JsonValue) => typeof inner !== 'object' || inner === null);
  return plain && line.length <= SHORT_LIST ? line : enclosed('[', items, ']', notation, depth);
}

function enclosed(
  open: string,
  items: readonly string[],
  close: string,
  { indent, trailingComma }: Notation,
  depth: number,
): string {
  if (items.length === 0) return open + close;
  if (indent === null) return `${open}${items.join(', ')}${close}`;
  const outer = ' '.repeat(depth * indent);
  const inner = ' '.repeat((depth + 1) * indent);
  const end = trailingComma ? ',' : '';
  return `${open}\n${items.map((item) => inner + item).join(',\n')}${end}\n${outer}${close}`;
}

/**
 * Text in the quotes of JSON, which JavaScript and Python read in the same way. What a terminal or an editor would act on
 * instead of showing it (controls, line separators, changes of direction) is escaped too.
 */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The address path of a model that answers in events: `/stream` is part of some ids already (fal-protocol §2.3). */
export function streamPath(endpoint: EndpointId): string {
  const path = fullPath(endpoint);
  return endsWith(endpoint, 'stream') ? path : `${path}/stream`;
}

/** Whether the id itself ends with this step of a path. */
export function endsWith(endpoint: EndpointId, step: string): boolean {
  return endpoint.path?.split('/').at(-1) === step;
}
