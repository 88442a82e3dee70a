import { readFileSync } from 'node:fs';
import { _electron } from '@playwright/test';
import { expect, onStandin, root, test } from './app.ts';
import { realElectron } from '../../scripts/tools.ts';

/** What only Electron's own binary can show; elsewhere these are skipped, and counted as such. */
test.skip(onStandin, 'real-only: needs Electron’s binary');

test('real-only: the page is at home on app://bundle', async ({ launch }) => {
  const { page } = await launch();
  expect(await page.evaluate(() => window.location.origin)).toBe('app://bundle');
});

test('real-only: a second start hands over to the first and ends', async ({ launch, dataDir }) => {
  const { app } = await launch();
  await app.evaluate(({ app: main }) => {
    const told = new Promise((resolve) => main.once('second-instance', () => resolve(true)));
    Reflect.set(globalThis, 'told', told);
  });
  const second = _electron.launch({
    executablePath: realElectron({ download: false }) ?? '',
    args: [root, `--user-data-dir=${dataDir}`],
  });
  expect(await app.evaluate(() => Reflect.get(globalThis, 'told'))).toBe(true);
  // It may end before the test can take hold of it.
  await second.then(
    (late) => late.close(),
    () => undefined,
  );
});

test('real-only: the page runs in the system’s sandbox', async ({ dataDir }) => {
  test.skip(process.platform !== 'linux', 'read from /proc');
  const app = await _electron.launch({
    executablePath: realElectron({ download: false }) ?? '',
    args: [root, `--user-data-dir=${dataDir}`],
    chromiumSandbox: true,
  });
  await app.firstWindow();
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  // 2: a seccomp filter decides on every system call.
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
  await app.close();
});
