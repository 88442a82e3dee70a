import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { ensureBuilt, ensureChromium, realElectron, root, standin } from '../../scripts/tools.ts';
import { Playground } from '../e2e/playground.ts';
import { KEY } from './server.ts';

export interface BuiltApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly ui: Playground;
  /** Which Electron it runs on. */
  readonly on: 'electron' | 'stand-in';
  readonly close: () => Promise<void>;
}

/**
 * The whole app as it is built from the sources now, against a server on this computer. In `kept`, a folder with its data, else
 * in one of its own that goes when it is closed.
 */
export async function openBuiltApp(serverUrl: string, kept?: string): Promise<BuiltApp> {
  await ensureBuilt();
  const electron = realElectron({ download: false });
  if (electron === null) ensureChromium();
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'playground-'));
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('FAL_') || name.startsWith('ELECTRON_') ? [] : [[name, value]],
    ),
  );
  const app = await _electron.launch({
    executablePath: electron ?? standin,
    args: [root, `--user-data-dir=${dataDir}`, `--hosts=${serverUrl}`],
    // Nothing here may touch the keyring of whoever runs it.
    env: { ...env, FAL_KEY: KEY, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null' },
  });
  const page = await app.firstWindow();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return {
    app,
    page,
    ui: new Playground(page),
    on: electron === null ? 'stand-in' : 'electron',
    close: async () => {
      await app.close();
      if (kept === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The Realtime screen with this model, ready for its first input. */
export async function openLive(ui: Playground, endpointId: string): Promise<void> {
  await ui.go('Realtime');
  await ui.pickModel(endpointId, endpointId);
  await expect(ui.request.getByRole('button', { name: /^Start/ })).toBeEnabled({ timeout: 60_000 });
}
