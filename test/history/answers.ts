import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { RunMedia } from '../../shared/runs/run.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import type { MediaKind } from '../local-fal/media-files.ts';
import type { Random } from '../soak/random.ts';
import type { MadeFile, MadeFiles } from './files.ts';
import { FILE, PROMPT } from './models.ts';
import { answerTo } from './prompts.ts';

export interface Answer {
  readonly output: JsonValue;
  readonly media: readonly RunMedia[];
}

/** Hands out the files of each kind in turn, so that every one is some run's, and most are several runs'. */
export class Shelf {
  readonly #files: MadeFiles;
  readonly #taken = new Map<MediaKind, number>();

  constructor(files: MadeFiles) {
    this.#files = files;
  }

  take(kind: MediaKind): MadeFile {
    const files = this.#files.get(kind) ?? this.#files.get('json') ?? [];
    const n = this.#taken.get(kind) ?? 0;
    this.#taken.set(kind, n + 1);
    const file = files[n % files.length];
    if (file === undefined) throw new Error(`There is no file of the kind ${kind}`);
    return file;
  }
}

/** The answer of a model (`Made.answer`) to this request: its files from the shelf, its words about the prompt. */
export function answerOf(
  template: JsonValue,
  input: JsonObject,
  prompt: string,
  shelf: Shelf,
  random: Random,
): Answer {
  const media: RunMedia[] = [];
  const file = (
    mark: string,
    path: readonly (string | number)[],
  ): { readonly file: MadeFile; url: string } => {
    const name = mark.slice(FILE.length);
    const made = shelf.take(isKind(name) ? name : 'json');
    const fileName = `${random.below(2 ** 48).toString(36)}.${made.ending}`;
    const url = `https://v3.fal.media/files/${random.pick(ANIMALS)}/${fileName}`;
    const { sha256, contentType, bytes, medium, width, height } = made;
    media.push({
      kind: 'stored',
      path: [...path],
      medium,
      sha256,
      contentType,
      bytes,
      width,
      height,
      fileName,
      url,
    });
    return { file: made, url };
  };
  const visit = (value: JsonValue, path: readonly (string | number)[]): JsonValue => {
    if (typeof value === 'string') {
      if (value.startsWith(FILE)) return file(value, path).url;
      if (value === PROMPT) return prompt;
      return value.includes(PROMPT) ? answerTo(prompt, random) : value;
    }
    if (isJsonArray(value)) return value.map((item, i) => visit(item, [...path, i]));
    if (!isJsonObject(value)) return value;
    const { url } = value;
    if (typeof url !== 'string' || !url.startsWith(FILE))
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          key === 'seed' && path.length === 0
            ? (input['seed'] ?? random.below(2 ** 31))
            : visit(inner, [...path, key]),
        ]),
      );
    const made = file(url, path);
    const known: JsonObject = {
      url: made.url,
      content_type: made.file.contentType,
      file_name: made.url.slice(made.url.lastIndexOf('/') + 1),
      file_size: made.file.bytes,
      width: made.file.width,
      height: made.file.height,
    };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known[key] ?? inner]));
  };
  return { output: visit(template, []), media };
}

const ANIMALS = ['panda', 'zebra', 'koala', 'lion', 'monkey', 'rabbit', 'tiger', 'penguin'];
const KINDS: readonly MediaKind[] = ['image', 'video', 'audio', 'model', 'captions', 'text', 'json'];
const isKind = (name: string): name is MediaKind => KINDS.some((kind) => kind === name);
