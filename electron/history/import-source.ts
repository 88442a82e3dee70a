import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { FORMAT_VERSION, MANIFEST, manifestSchema, MEDIA, RUNS } from './export-format.ts';
import type { Manifest } from './export-format.ts';

/** An export that is read: nothing of it is opened but the names this program would have given. */
export interface ImportSource {
  readonly manifest: Manifest;
  readonly runs: () => Promise<Readable>;
  /** Null where there is no file of this name and length; throws where it is not to be unpacked. */
  readonly file: (name: string, bytes: number) => Promise<Readable | null>;
  readonly close: () => Promise<void>;
}

/** The longest manifest: it holds a few numbers. */
const MOST_MANIFEST = 64 * 1024;

/** What packs better than this was made to fill somebody else's disk. Our lines pack ten times, our files not at all; either may be small. */
const MOST_RATIO = 200;
const SMALL = 64 * 1024 * 1024;

/** Opens a folder or a zip, and fails before anything is taken in where it is neither. */
export async function openImport(path: string): Promise<Result<ImportSource, AppError>> {
  try {
    const there = await lstat(path);
    const opened = there.isDirectory() ? openFolder(path) : await openZip(path);
    const manifest = await readManifest(opened.text);
    if (!manifest.ok) await opened.source.close();
    return manifest.ok ? ok({ ...opened.source, manifest: manifest.value }) : manifest;
  } catch (error) {
    return fail(notAnExport(error instanceof Error ? error.message : String(error)));
  }
}

interface Opened {
  readonly source: Omit<ImportSource, 'manifest'>;
  /** The manifest's text. */
  readonly text: () => Promise<Readable | null>;
}

async function readManifest(text: Opened['text']): Promise<Result<Manifest, AppError>> {
  const stream = await text();
  if (stream === null) return fail(notAnExport(`There is no ${MANIFEST} in it.`));
  let content = '';
  for await (const part of stream.setEncoding('utf8')) {
    content += String(part);
    if (content.length > MOST_MANIFEST) {
      stream.destroy();
      return fail(notAnExport(`Its ${MANIFEST} is too long.`));
    }
  }
  const parsed = parseJson(content);
  const read = manifestSchema.safeParse(parsed.ok ? parsed.value : null);
  if (!read.success) return fail(notAnExport(`Its ${MANIFEST} is not one of an exported history.`));
  if (read.data.version > FORMAT_VERSION)
    return fail(
      appError('input', 'This export was made by a newer version', {
        detail: `It is of version ${read.data.version}, and this program knows ${FORMAT_VERSION}.`,
        hint: 'Nothing was taken in. Update the program, then import it again.',
      }),
    );
  return ok(read.data);
}

function openFolder(folder: string): Opened {
  // No link is followed, for it may lead out of the folder, and a pipe is not waited for.
  const plainly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const read = async (name: string, bytes: number | null): Promise<Readable | null> => {
    const handle = await open(join(folder, name), plainly).catch(() => null);
    if (handle === null) return null;
    const there = await handle.stat();
    if (there.isFile() && (bytes === null || there.size === bytes)) return handle.createReadStream();
    await handle.close();
    return null;
  };
  const isFolder = async (name: string): Promise<boolean> =>
    (await lstat(join(folder, name)).catch(() => null))?.isDirectory() ?? false;
  return {
    text: () => read(MANIFEST, null),
    source: {
      runs: async () => (await read(RUNS, null)) ?? Promise.reject(new Error(`There is no ${RUNS} in it.`)),
      file: async (name, bytes) => ((await isFolder(MEDIA)) ? read(name, bytes) : null),
      close: () => Promise.resolve(),
    },
  };
}

async function openZip(path: string): Promise<Opened> {
  // Names that lead out of it, with a drive or a backslash are refused by the library, and the whole zip with them.
  const zip = await openPromise(path, { autoClose: false, strictFileNames: true });
  const entries = await readEntries(zip).catch((error: unknown) => {
    zip.close();
    throw error;
  });
  const openEntry = async (name: string, bytes: number | null): Promise<Readable | null> => {
    const entry = entries.get(name);
    if (entry === undefined || (bytes !== null && entry.uncompressedSize !== bytes)) return null;
    if (entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MOST_RATIO)
      throw new Error(`Its ${name} unpacks to far more than it can be.`);
    return zip.openReadStreamPromise(entry);
  };
  return {
    text: () => openEntry(MANIFEST, null),
    source: {
      runs: async () =>
        (await openEntry(RUNS, null)) ?? Promise.reject(new Error(`There is no ${RUNS} in it.`)),
      file: openEntry,
      close: () => {
        zip.close();
        return Promise.resolve();
      },
    },
  };
}

async function readEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry())
    if (KNOWN.test(entry.fileName) && !entries.has(entry.fileName)) entries.set(entry.fileName, entry);
  return entries;
}

const KNOWN = new RegExp(`^(?:${MANIFEST}|${RUNS}|${MEDIA}/[0-9a-f]{64}\\.[a-z0-9]{1,16})$`);

const notAnExport = (detail: string): AppError =>
  appError('input', 'This is no whole export of a history', {
    detail,
    hint: 'Nothing was taken in. Choose the zip, or the folder that holds manifest.json and runs.jsonl.',
  });
