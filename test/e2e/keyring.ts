import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOnPath, startBus } from '../keyring/private-bus.ts';
import { root, test as base } from './app.ts';

/** Whether the app can have a keyring of its own here: the real gnome-keyring on a bus nobody else is on. */
export const haveKeyring =
  process.platform === 'linux' &&
  ['dbus-daemon', 'gnome-keyring-daemon'].every(isOnPath) &&
  existsSync(join(root, 'node_modules/keytar/build/Release/keytar.node'));

interface Keyring {
  /** The variables that lead an app to the ring, unlocked or closed; the same ring over all its starts. */
  readonly unlocked: () => Promise<Readonly<Record<string, string>>>;
  readonly locked: () => Promise<Readonly<Record<string, string>>>;
}

export const test = base.extend<{ readonly keyring: Keyring }>({
  // oxlint-disable-next-line no-empty-pattern
  keyring: async ({}, use) => {
    const ring = mkdtempSync(join(tmpdir(), 'ring-'));
    const ends: (() => void)[] = [];
    const start = async (password: string | null): Promise<Readonly<Record<string, string>>> => {
      for (const end of ends.splice(0)) end();
      const bus = await startBus({ ring, password });
      ends.push(bus.close);
      return { DBUS_SESSION_BUS_ADDRESS: bus.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '' };
    };
    await use({ unlocked: () => start('a password'), locked: () => start(null) });
    for (const end of ends) end();
    rmSync(ring, { recursive: true, force: true });
  },
});
