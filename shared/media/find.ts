import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { isFileName, kindOfEnding, kindOfName, kindOfType, plainType } from './kind.ts';
import type { MediaKind } from './kind.ts';

export type { MediaKind } from './kind.ts';

export interface FoundMedia {
  /** Where in the output; of the object for `{ url }`, of the string itself for a bare address. */
  readonly path: readonly (string | number)[];
  /** `http(s):` or `data:`. */
  readonly url: string;
  readonly kind: MediaKind;
  /** Lower case, without parameters; absent when the server gave none that says anything. */
  readonly contentType?: string;
  /** As the server sent it: clean it with `safeFileName` before it touches a disk. */
  readonly fileName?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** Texts, lists and objects looked at in one output; beyond it lies a mask or a point cloud, no media. */
const MOST_NODES = 20_000;
/** Items looked at in one list, so that a long one does not use up the nodes of what comes after it. */
const MOST_ITEMS = 2_000;
const DEEPEST = 64;

/**
 * Finds the media in any model's output (fal-protocol §12.4, "Common types"): `File` objects by their `url`, bare
 * addresses and data URIs, and `{ content, content_type }`. Each URL once, at its first place in the order of the output.
 * What a medium is follows from its content type, else its property's name, else the ending of its address.
 */
export function findMedia(output: JsonValue): readonly FoundMedia[] {
  const found = new Map<string, FoundMedia>();
  let nodes = 0;
  const visit = (value: JsonValue, path: readonly (string | number)[]): void => {
    if (typeof value !== 'string' && typeof value !== 'object') return;
    if (++nodes > MOST_NODES || path.length > DEEPEST) return;
    const media =
      typeof value === 'string'
        ? fromText(value, path)
        : isJsonObject(value)
          ? fromObject(value, path)
          : undefined;
    if (media !== undefined && !found.has(media.url)) found.set(media.url, media);
    if (isJsonObject(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    } else if (isList(value)) {
      value.slice(0, MOST_ITEMS).forEach((inner, i) => visit(inner, [...path, i]));
    }
  };
  visit(output, []);
  return [...found.values()];
}

// What fal's File, Image, VideoFile and AudioFile carry beside `url`.
const FILE_KEYS = new Set(
  [
    'url content_type file_name file_size file_data width height fps duration num_frames sample_rate channels bitrate',
  ].flatMap((line) => line.split(' ')),
);
const TELLING_KEYS = ['content_type', 'file_name', 'file_size', 'file_data'];

function fromObject(value: JsonObject, path: readonly (string | number)[]): FoundMedia | undefined {
  const url = addressIn(value) ?? contentIn(value);
  if (url === undefined) return undefined;
  const contentType = plainType(text(value, 'content_type')) ?? dataType(url);
  const named = nameKind(path, 3);
  const keys = Object.keys(value);
  const isFile =
    keys.every((key) => FILE_KEYS.has(key)) || TELLING_KEYS.some((key) => Object.hasOwn(value, key));
  const ending = kindOfEnding(url);
  // A citation has a `url` too: without a sign of a file it is just a link.
  if (!isFile && contentType === undefined && named === undefined && ending === undefined) return undefined;
  // OBJ files are text, and many servers say no more than that.
  const says = contentType === 'text/plain' && ending === 'model' ? undefined : contentType;
  const kind = says === undefined ? (named ?? ending ?? nameEnding(value) ?? 'file') : kindOfType(says);
  const [fileName, width, height] = [
    text(value, 'file_name'),
    pixels(value, 'width'),
    pixels(value, 'height'),
  ];
  return {
    path,
    url,
    kind,
    ...(contentType !== undefined && { contentType }),
    ...(fileName !== undefined && fileName !== '' && { fileName }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

function fromText(value: string, path: readonly (string | number)[]): FoundMedia | undefined {
  if (!isAddress(value)) return undefined;
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  const contentType = dataType(value);
  const named = kindOfName(name) ?? (isFileName(name) ? 'file' : undefined);
  const byName = named === 'file' ? (kindOfEnding(value) ?? named) : (named ?? kindOfEnding(value));
  const kind = contentType === undefined ? byName : kindOfType(contentType);
  if (kind === undefined) return undefined;
  // A text or JSON data URI is a result only where its name says so.
  if (kind === 'file' && value.startsWith('data:') && named === undefined) return undefined;
  return { path, url: value, kind, ...(contentType !== undefined && { contentType }) };
}

function addressIn(value: JsonObject): string | undefined {
  const url = text(value, 'url');
  return url !== undefined && isAddress(url) ? url : undefined;
}

/** `{ content, content_type }`: an address, a data URI or bare base64, as realtime models answer it. */
function contentIn(value: JsonObject): string | undefined {
  const [content, contentType] = [text(value, 'content'), plainType(text(value, 'content_type'))];
  if (content === undefined || content === '') return undefined;
  if (isAddress(content)) return content;
  if (contentType === undefined || kindOfType(contentType) === 'file' || !looksLikeBase64(content))
    return undefined;
  return `data:${contentType};base64,${content}`;
}

function looksLikeBase64(content: string): boolean {
  // The head is enough: the whole may be megabytes.
  return content.length >= 16 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(content.slice(0, 256));
}

function isAddress(value: string): boolean {
  return (
    /^https?:\/\/[^\s/]+(\/\S*)?$/i.test(value.slice(0, 4096)) ||
    /^data:[^,\s]{0,200},/i.test(value.slice(0, 256))
  );
}

function dataType(url: string): string | undefined {
  return /^data:/i.test(url) ? plainType(url.slice(5, 205).split(',', 1)[0]) : undefined;
}

function nameEnding(value: JsonObject): MediaKind | undefined {
  return kindOfEnding(text(value, 'file_name') ?? '');
}

/** What the nearest telling name says, looking at most `reach` names up: `images[0].file` is an image. */
function nameKind(path: readonly (string | number)[], reach: number): MediaKind | undefined {
  const names = path.filter((step) => typeof step === 'string').toReversed();
  for (const name of names.slice(0, reach)) {
    const kind = kindOfName(name);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function text(value: JsonObject, key: string): string | undefined {
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

function pixels(value: JsonObject, key: string): number | undefined {
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'number' && inner > 0 && Number.isFinite(inner) ? inner : undefined;
}
