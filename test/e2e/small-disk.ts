import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mountSmallDisk } from '../small-disk.ts';
import type { SmallDisk } from '../small-disk.ts';
import { onStandin, test as base } from './app.ts';

interface Disk {
  readonly remount: SmallDisk['remount'];
  /** Leaves not a byte. */
  readonly fill: () => Promise<void>;
  readonly makeRoom: () => Promise<void>;
}

/** The app's folder as a disk of four megabytes; null where the system lets nobody make one. */
export const test = base.extend<{ readonly disk: Disk | null }>({
  disk: async ({ dataDir }, use) => {
    // With the real binary Chromium's own files lie in the same folder, and it fails before the app does.
    const disk = onStandin ? mountSmallDisk(dataDir, '4m') : null;
    if (disk === null) return use(null);
    // The stand-in's browser has its files in there as well, and needs its room.
    const browser = join(dataDir, 'standin-chromium');
    await mkdir(browser);
    const room = mountSmallDisk(browser, '512m');
    const ballast = join(dataDir, 'ballast');
    await use({
      remount: disk.remount,
      fill: () => writeFile(ballast, Buffer.alloc(4 * 2 ** 20)).catch(() => undefined),
      makeRoom: () => rm(ballast),
    });
    disk.remount('rw');
    room?.unmount();
    disk.unmount();
  },
});
