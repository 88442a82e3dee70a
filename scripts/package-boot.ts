import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { _electron, expect } from '@playwright/test';
import { realElectron, standin } from './tools.ts';

/** The packed app, opened far from this project's node_modules. */

// The design's own words: a policy that was loosened in the source alone is seen here.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self' blob:; worker-src 'self'; frame-src 'none'; " +
  "base-uri 'none'; form-action 'none'; object-src 'none'";
const LIMIT_MS = 40_000;

export interface Boot {
  readonly on: 'Electron' | 'the stand-in';
  readonly faults: readonly string[];
}

/**
 * Opens the archive and waits for the demo's form; rejects when it does not come. Electron's own binary takes the
 * archive itself, the stand-in, which is no archive reader, the files that were in it.
 */
export async function boot(archive: string, temp: string): Promise<Boot> {
  const electron = realElectron({ download: false });
  const unpacked = join(temp, 'resources', 'app');
  if (electron === null) {
    mkdirSync(unpacked, { recursive: true });
    extractAll(archive, unpacked);
  }
  const faults: string[] = [];
  const app = await _electron.launch({
    executablePath: electron ?? standin,
    args: [electron === null ? unpacked : archive, `--user-data-dir=${join(temp, 'user-data')}`],
    cwd: temp,
    env: { ...cleanEnvironment(), STANDIN_PACKAGED: '1' },
    timeout: LIMIT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: LIMIT_MS });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    const prompt = page.getByRole('textbox', { name: /Prompt/ }).first();
    await expect(prompt).toBeVisible({ timeout: LIMIT_MS });
    // Asked of the app: on the stand-in the browser itself knows the page by another name.
    const url = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    );
    if (url !== 'app://bundle/index.html') faults.push(`the window shows ${url}`);
    const policy = await page.evaluate(async () =>
      (await fetch('/index.html')).headers.get('content-security-policy'),
    );
    if (policy !== POLICY) faults.push(`the page's policy is ${policy}`);
  } finally {
    await app.close();
  }
  return { on: electron === null ? 'the stand-in' : 'Electron', faults };
}

/** Without what would choose another profile, another page or another Electron. */
function cleanEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !/^(?:FAL|ELECTRON|STANDIN)_/.test(name)) kept[name] = value;
  return kept;
}
