import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

const DAY = 86_400_000;
const DAYS = 30;

/** Files of a history that was set aside have no row in the one that is open, and are needed with it. */
export const hasSetAside = async (dir: string): Promise<boolean> =>
  (await readdir(dir)).some((name) => /^history-.+\.db$/.test(name));

/** Puts a file nothing names, by its place in the folder of all data, where it lies for thirty days more. */
export async function leaveOver(dir: string, path: string, now: number): Promise<void> {
  const folder = join(dir, 'media', `left-over-${new Date(now).toISOString().slice(0, 10)}`);
  await mkdir(folder, { recursive: true });
  await rename(join(dir, path), join(folder, basename(path)));
}

/** Removes what has lain there for thirty days, unless a history was set aside meanwhile. */
export async function clearLeftOver(dir: string, now: number): Promise<void> {
  const names = await readdir(join(dir, 'media')).catch(() => []);
  if (names.length === 0 || (await hasSetAside(dir))) return;
  for (const name of names) {
    const day = Date.parse(/^left-over-(\d{4}-\d\d-\d\d)$/.exec(name)?.[1] ?? '');
    if (now - day > (DAYS + 1) * DAY) await rm(join(dir, 'media', name), { recursive: true, force: true });
  }
}
