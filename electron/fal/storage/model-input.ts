import { basename, resolve } from 'node:path';
import type { AppError } from '../../../shared/fal/errors.ts';
import type { JsonObject, JsonValue } from '../../../shared/json.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { inParallel } from '../in-parallel.ts';
import type { Lifecycle } from '../../../shared/fal/lifecycle.ts';
import { NOTHING_SENT } from './readable.ts';
import type { UploadSource } from './source.ts';
import { upload } from './upload.ts';

/** A file of this computer that stands in a model's input where its address is to be. */
export class LocalFile {
  readonly path: string;
  readonly contentType: string | undefined;
  /** The file's own where it is not said. */
  readonly fileName: string | undefined;

  constructor(path: string, said: { readonly contentType?: string; readonly fileName?: string } = {}) {
    this.path = path;
    this.contentType = said.contentType;
    this.fileName = said.fileName;
  }
}

type InputFile = Blob | LocalFile;
type InputValue = JsonValue | InputFile | readonly InputValue[] | { readonly [key: string]: InputValue };

/**
 * What a model is called with: JSON, in which files may stand where the model wants their addresses. Texts are sent as
 * they are, data URIs too.
 */
export type ModelInput = { readonly [key: string]: InputValue };

export interface InputFilesOptions {
  readonly signal: AbortSignal;
  /** Of every file; as the call has it for the files that the model makes. */
  readonly lifecycle?: Lifecycle | undefined;
}

/** Files on their way at a time; a large one takes several connections. */
export const FILES_AT_ONCE = 4;

/**
 * Puts every file of an input into fal's storage, each once however often it stands there, and answers the input with
 * their addresses (fal-protocol §8.5). The first that fails stops the others, and is named.
 */
export async function uploadInputFiles(
  connection: FalConnection,
  input: ModelInput,
  options: InputFilesOptions,
): Promise<Result<JsonObject, AppError>> {
  const files = filesIn(input);
  const sent = await inParallel(
    [...files],
    FILES_AT_ONCE,
    options.signal,
    async ([key, { file, place }], signal) => {
      const address = await upload(connection, sourceOf(file), { ...options, signal });
      return address.ok ? ok([key, address.value] as const) : fail(named(file, place, address.error));
    },
  );
  if (!sent.ok) return sent;
  const addresses = new Map(sent.value);
  return ok(withAddresses(input, addresses));
}

interface Found {
  readonly file: InputFile;
  /** Where it stands first: `images[1].url`. */
  readonly place: string;
}

function filesIn(input: ModelInput): ReadonlyMap<unknown, Found> {
  const found = new Map<unknown, Found>();
  const visit = (value: InputValue, place: string): void => {
    if (isFile(value)) {
      const key = keyOf(value);
      if (!found.has(key)) found.set(key, { file: value, place });
    } else if (isList(value)) value.forEach((item, i) => visit(item, `${place}[${i}]`));
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) visit(item, place === '' ? key : `${place}.${key}`);
  };
  visit(input, '');
  return found;
}

function withAddresses(input: ModelInput, addresses: ReadonlyMap<unknown, string>): JsonObject {
  const replaced = (value: InputValue): JsonValue => {
    if (isFile(value)) return addresses.get(keyOf(value)) ?? null;
    if (isList(value)) return value.map(replaced);
    return isObject(value) ? inObject(value) : value;
  };
  const inObject = (object: ModelInput): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, replaced(value)]));
  return inObject(input);
}

/** Two values of one file are the same file. */
const keyOf = (file: InputFile): unknown =>
  file instanceof LocalFile ? JSON.stringify([resolve(file.path), file.contentType, file.fileName]) : file;

const sourceOf = (file: InputFile): UploadSource =>
  file instanceof LocalFile
    ? { kind: 'path', path: file.path, contentType: file.contentType, fileName: file.fileName }
    : { kind: 'bytes', bytes: file };

function named(file: InputFile, place: string, error: AppError): AppError {
  if (error.kind === 'cancelled') return error;
  const own =
    file instanceof LocalFile
      ? (file.fileName ?? basename(file.path))
      : file instanceof File
        ? file.name
        : '';
  const hint = error.hint === NOTHING_SENT ? '' : error.hint;
  return {
    ...error,
    detail: `${own === '' ? place : `${own} (${place})`}: ${error.detail}`,
    hint: `Nothing was sent to the model. ${hint}`.trim(),
  };
}

const isFile = (value: InputValue): value is InputFile => value instanceof Blob || value instanceof LocalFile;
const isList = (value: InputValue): value is readonly InputValue[] => Array.isArray(value);

/** Only what JSON writes by its keys: a date or a list of bytes is left as it came (fal-protocol §8.5). */
function isObject(value: Exclude<InputValue, InputFile>): value is ModelInput {
  if (typeof value !== 'object' || value === null || isList(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
