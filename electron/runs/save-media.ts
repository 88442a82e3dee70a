import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject, sameJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { findMedia } from '../../shared/media/find.ts';
import type { FoundMedia } from '../../shared/media/find.ts';
import { extensionFor, safeFileName } from '../../shared/media/file-name.ts';
import { isTextName, kindOfStored } from '../../shared/media/kind.ts';
import type { Result } from '../../shared/result.ts';
import type { RunMedia } from '../../shared/runs/run.ts';
import type { StoredFile } from '../history/small-tables.ts';

export interface SavedOutput {
  /** The output with each stored data URI replaced by `media:<sha256>`: pixels do not belong in JSON. */
  readonly output: JsonValue;
  readonly media: readonly RunMedia[];
}

export type FetchFile = (url: string, claimedType: string | null) => Promise<Result<StoredFile, AppError>>;

/** Shorter text may be anything, and is not replaced. */
const LEAST_BASE64 = 16;

/** Copies every file an output names to this computer. What cannot be copied keeps its address and says why. */
export async function saveMedia(
  output: JsonValue,
  fetchFile: FetchFile,
  progress: (done: number, total: number) => Promise<void>,
): Promise<SavedOutput> {
  const found = findMedia(output);
  const media: RunMedia[] = [];
  const inline = new Map<string, string>();
  for (const item of found) {
    await progress(media.length, found.length);
    const one = await saveOne(item, fetchFile);
    media.push(one);
    if (one.kind === 'stored' && item.url.startsWith('data:')) {
      inline.set(item.url, `media:${one.sha256}`);
      // `{ content, content_type }` holds the bare base64 (shared/media/find.ts).
      const [, payload = ''] = item.url.split(';base64,', 2);
      if (payload.length >= LEAST_BASE64) inline.set(payload, `media:${one.sha256}`);
    }
  }
  return { output: inline.size === 0 ? output : replaced(output, inline), media };
}

/** Tries again what is still only at its address, or in the output itself. */
export async function saveRemaining(
  { media, output }: SavedOutput,
  fetchFile: FetchFile,
): Promise<RunMedia[]> {
  const inline = media.some((item) => item.url === '') ? findMedia(output) : [];
  const urlOf = ({ path, url }: RunMedia): string =>
    url === '' ? (inline.find((found) => sameJson(found.path, path))?.url ?? '') : url;
  const all: RunMedia[] = [];
  for (const item of media) {
    const url = urlOf(item);
    const left = item.kind === 'stored' || url === '';
    all.push(left ? item : await saveOne({ ...item, url, kind: item.medium }, fetchFile));
  }
  return all;
}

async function saveOne(item: FoundMedia, fetchFile: FetchFile): Promise<RunMedia> {
  const file = await fetchFile(item.url, item.contentType ?? null);
  const { path, kind: medium } = item;
  // A data URI is the file itself; repeating it here would write it down twice.
  const url = item.url.startsWith('data:') ? '' : item.url;
  if (!file.ok) return { kind: 'remote', path: [...path], medium, url, error: file.error };
  const { sha256, bytes, contentType } = file.value;
  const named = item.fileName ?? URL.parse(url)?.pathname.split('/').at(-1) ?? '';
  return {
    kind: 'stored',
    path: [...path],
    medium: kindOfStored(contentType, medium),
    sha256,
    contentType,
    bytes,
    width: whole(item.width),
    height: whole(item.height),
    fileName: fileNameOf(named, contentType),
    url,
  };
}

const whole = (size: number | undefined): number | null =>
  size !== undefined && Number.isInteger(size) ? size : null;

/** The JSON with each text that is a key of `by` replaced, wherever it stands. */
function replaced(value: JsonValue, by: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return by.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner: JsonValue) => replaced(inner, by));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, by)]));
}

/** The name a model gave, with the ending that its bytes ask for: a picture is never offered as a program. */
function fileNameOf(named: string, contentType: string): string {
  const extension = extensionFor(contentType);
  const name = safeFileName(named, extension);
  // Captions, tables and meshes are all plain text.
  if (contentType === 'text/plain' && isTextName(name)) return name;
  if (extension === 'bin' || name.toLowerCase().endsWith(`.${extension}`)) return name;
  return safeFileName(`${name.replace(/\.[^.]+$/, '')}.${extension}`, extension);
}
