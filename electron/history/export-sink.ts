import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { constants, copyFile, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { nameIt } from '../saving/copy-beside.ts';
import { MANIFEST, MEDIA, RUNS } from './export-format.ts';
import type { Manifest } from './export-format.ts';

/** Where an export is written: all lines, then the files, then its end. Each throws as `node:fs` does. */
export interface ExportSink {
  /** Resolves when there is room for the next. */
  readonly line: (text: string) => Promise<void>;
  /** The file at `from`, as `name`; false where it is not there any more. */
  readonly file: (name: string, from: string) => Promise<boolean>;
  /** Gives the whole its name, which is free until then; throws where it was taken meanwhile. */
  readonly end: (manifest: Manifest) => Promise<void>;
  /** Takes away what is there of it. Does not throw. */
  readonly drop: () => Promise<void>;
}

/** What is written before it is whole. Beside the place it is meant for, so that naming it costs nothing. */
const partOf = (path: string): string => join(dirname(path), `.${basename(path)}.part`);

/** The name an export has unless a person gave it another. */
const LEFT = /^\.History .*\.part$/;
/** Milliseconds: what another program is still writing is touched more often. */
const ABANDONED = 60 * 60_000;

/** Takes away what kills left of exports into this folder. `now` in milliseconds since 1970. Does not throw. */
export async function sweepParts(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => LEFT.test(one))) {
    const part = join(folder, name);
    const places = [part, join(part, RUNS), join(part, MEDIA)];
    const touched = places.map(async (place) => (await lstat(place).catch(() => null))?.mtimeMs ?? 0);
    if (Math.max(...(await Promise.all(touched))) < now - ABANDONED)
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

export async function folderSink(path: string): Promise<ExportSink> {
  const part = partOf(path);
  await rm(part, { recursive: true, force: true });
  await mkdir(join(part, MEDIA), { recursive: true });
  const runs = createWriteStream(join(part, RUNS), { flags: 'wx', flush: true });
  const broken = breaking(runs);
  return {
    line: (text) => Promise.race([written(runs, `${text}\n`), broken]),
    file: async (name, from) => {
      if (!(await isThere(from))) return false;
      const to = join(part, name);
      // Where the disk can, the copy shares its room with what it is a copy of.
      await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await sync(to);
      return true;
    },
    end: async (manifest) => {
      runs.end();
      await Promise.race([once(runs, 'close'), broken]);
      await writeWhole(join(part, MANIFEST), text(manifest));
      // A folder that is renamed takes the place of an empty one, and of nothing else.
      if ((await lstat(path).catch(() => null)) !== null) throw new Error(`${path} is there already.`);
      await rename(part, path);
    },
    drop: async () => {
      runs.destroy();
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

export function zipSink(path: string): ExportSink {
  const part = partOf(path);
  const zip = new ZipFile();
  const out = createWriteStream(part, { flags: 'w', flush: true });
  const runs = new PassThrough();
  const whole = pipeline(zip.outputStream, out);
  const broken = Promise.race([
    // A pipeline that ends well breaks nothing.
    whole.then(() => new Promise<never>(() => undefined)),
    breaking(runs),
    once(zip, 'error').then(([error]) =>
      Promise.reject(error instanceof Error ? error : new Error(String(error))),
    ),
  ]);
  broken.catch(() => undefined);
  zip.addReadStream(runs, RUNS);
  let ended = false;
  let read: Readable | null = null;
  return {
    line: (text) => Promise.race([written(runs, `${text}\n`), broken]),
    file: async (name, from) => {
      if (!ended) runs.end();
      ended = true;
      if (!(await isThere(from))) return false;
      const source = createReadStream(from);
      read = source;
      const sent = once(source, 'close');
      // Pictures and films are packed already.
      zip.addReadStreamLazy(name, { compress: false }, (give) => give(null, source));
      source.on('error', (error) => zip.emit('error', error));
      await Promise.race([sent, broken]);
      return true;
    },
    end: async (manifest) => {
      if (!ended) runs.end();
      zip.addBuffer(Buffer.from(text(manifest)), MANIFEST);
      zip.end();
      await Promise.race([whole, broken]);
      if (!(await nameIt(part, path))) throw new Error(`${path} is there already.`);
      await rm(part, { force: true });
    },
    drop: async () => {
      read?.destroy();
      out.destroy();
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

/** The same for a text of its own, such as a table of costs. */
export function textSink(
  path: string,
): Pick<ExportSink, 'line' | 'drop'> & { readonly end: () => Promise<void> } {
  const part = partOf(path);
  const out = createWriteStream(part, { flags: 'w', flush: true });
  const broken = breaking(out);
  return {
    line: (line) => Promise.race([written(out, line), broken]),
    end: async () => {
      out.end();
      await Promise.race([once(out, 'close'), broken]);
      if (!(await nameIt(part, path))) throw new Error(`${path} is there already.`);
      await rm(part, { force: true });
    },
    drop: async () => {
      out.destroy();
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

/** Rejects when the stream breaks, also while nobody waits for it. */
function breaking(stream: Writable): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  stream.on('error', reject);
  promise.catch(() => undefined);
  return promise;
}

async function written(stream: Writable, line: string): Promise<void> {
  if (!stream.write(line)) await once(stream, 'drain');
}

const text = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

async function writeWhole(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

const isThere = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => null))?.isFile() ?? false;
