import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { numbered } from '../../shared/saving/pattern.ts';
import { copyWithText } from './png-text.ts';
import { KEYWORD } from './request-text.ts';

/** Beyond it somebody fills the folder on purpose. */
const MOST_NUMBERS = 10_000;

interface Copy {
  /** The file to copy, and the hash of what it holds. */
  readonly from: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Names of folders under `folder`, then the file's own. */
  readonly path: readonly string[];
  /** Written into the copy, where that is a PNG; null for a copy as it is. */
  readonly request: string | null;
  /** Must be there: a disk that is not in its place would else be made up by an empty folder. */
  readonly folder: string;
}

/**
 * Copies a file to where nothing is yet: under its name, or with a number behind it. Where the very same is there already,
 * that is it. Answers the whole path; throws as `node:fs` does. What it leaves behind when it is killed is a `.part` that the
 * next try takes the place of.
 */
export async function copyBeside({ from, path, folder, request, ...stored }: Copy): Promise<string> {
  const name = path.at(-1) ?? 'file';
  await lstat(join(folder, '.'));
  const dir = join(folder, ...path.slice(0, -1));
  await mkdir(dir, { recursive: true });
  const temp = join(dir, `.${stored.sha256.slice(0, 16)}.part`);
  try {
    const withRequest = request === null ? null : await copyWithText(from, temp, KEYWORD, request);
    const { sha256, bytes } = withRequest ?? stored;
    let copied = withRequest !== null;
    for (let count = 1; count <= MOST_NUMBERS; count += 1) {
      const to = join(dir, numbered(name, count));
      const there = await lstat(to).catch(() => null);
      if (there !== null) {
        if (there.isFile() && there.size === bytes && (await hashOf(to)) === sha256) return to;
        continue;
      }
      if (!copied) await writeThrough(from, temp);
      copied = true;
      if (await nameIt(temp, to)) return to;
    }
    throw new Error(`There are ${MOST_NUMBERS} files called ${name} already.`);
  } finally {
    await rm(temp, { force: true }).catch(() => undefined);
  }
}

async function writeThrough(from: string, to: string): Promise<void> {
  // Where the disk can, the copy shares its room with what it is a copy of.
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  const file = await open(to, 'r+');
  await file.sync().finally(() => file.close());
}

/** False where another has taken the name meanwhile: a link never takes the place of anything, a renamed file does. */
export async function nameIt(temp: string, to: string): Promise<boolean> {
  try {
    await link(temp, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Sticks and shared folders know no links.
    if ((await lstat(to).catch(() => null)) !== null) return false;
    await rename(temp, to);
    return true;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
