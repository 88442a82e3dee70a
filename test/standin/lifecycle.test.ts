import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import {
  definedEnv,
  FIXTURE,
  launchFixture,
  makeUserData,
  processesWith,
  STANDIN,
  until,
  CAN_RUN,
} from './testing.ts';
import type { Fixture } from './testing.ts';

const run = promisify(execFile);
let fixture: Fixture | undefined;
const folders: string[] = [];
const folder = (): string => {
  const made = makeUserData();
  folders.push(made);
  return made;
};
afterEach(async () => {
  await fixture?.end();
  fixture = undefined;
  for (const made of folders.splice(0))
    rmSync(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** Runs the fixture app without Playwright; resolves with its output and code once it has ended. */
function runApp(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const args = [FIXTURE, `--user-data-dir=${folder()}`];
  return run(STANDIN, args, { timeout: 10_000, env: { ...definedEnv(), ...env } }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, stderr: error.stderr }),
  );
}

describe.skipIf(!CAN_RUN)('quitting', () => {
  it('goes before-quit, close, closed, will-quit, quit, and leaves no Chromium', async () => {
    fixture = await launchFixture();
    const { app, userData } = fixture;
    expect(existsSync(path.join(userData, 'standin-chromium'))).toBe(true);
    expect(processesWith(userData).length).toBeGreaterThan(1);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    const events: string[] = [];
    app.on('console', (message) => events.push(message.text()));
    await app.evaluate(({ app: electron }) => {
      electron.on('quit', () => console.log(globalThis.seen.events.join(' ')));
      electron.quit();
    });
    expect(await ended).toBe(0);
    expect(events).toContain('before-quit close closed will-quit quit');
    await until(() => processesWith(userData).length === 0);
  });

  it('is stopped by a window that refuses to close', async () => {
    fixture = await launchFixture();
    const { app, page } = fixture;
    await app.evaluate(({ app: electron, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.once('close', (event) => event.preventDefault());
      electron.quit();
    });
    expect(await page.evaluate(() => window.api.invoke('echo', 1))).toEqual([1]);
  });

  it('follows the last window: a page that is gone fires closed', async () => {
    fixture = await launchFixture();
    const { app, page } = fixture;
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    await app.evaluate(({ app: electron }) => {
      electron.removeAllListeners('window-all-closed');
      electron.on('window-all-closed', () =>
        electron.exit(globalThis.seen.events.includes('closed') ? 7 : 1),
      );
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.close').catch(() => {});
    expect(await ended).toBe(7);
  });
});

describe.skipIf(!CAN_RUN)('dying', () => {
  it('takes Chromium along, even by SIGKILL', async () => {
    const userData = folder();
    const child = spawn(STANDIN, [FIXTURE, `--user-data-dir=${userData}`], { stdio: 'ignore' });
    await until(() => processesWith(userData).length > 4);
    child.kill('SIGKILL');
    await until(() => processesWith(userData).length === 0);
    expect(child.exitCode).toBeNull();
  });

  it('ends with code 1 and one line when Chromium dies', async () => {
    const userData = folder();
    const child = spawn(STANDIN, [FIXTURE, `--user-data-dir=${userData}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await until(() => processesWith(userData).length > 4);
    for (const id of processesWith('--remote-debugging-pipe')) {
      if (processesWith(userData).includes(id)) process.kill(id, 'SIGKILL');
    }
    expect(await ended).toBe(1);
    expect(stderr).toContain('lost its Chromium');
  });

  it('says in one line how to get a Chromium when there is none', async () => {
    // A PATH with what the shell entry needs and nothing else.
    const bin = folder();
    for (const tool of ['dirname', 'readlink']) symlinkSync(`/usr/bin/${tool}`, path.join(bin, tool));
    const none = await runApp({ PATH: bin, CHROMIUM_PATH: '' });
    expect(none).toEqual({
      code: 1,
      stderr: 'The Electron stand-in needs Chromium: apt-get install chromium\n',
    });
    const wrong = await runApp({ CHROMIUM_PATH: '/nowhere/chromium' });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('/nowhere/chromium');
  });
});

describe.skipIf(!CAN_RUN)('the app object', () => {
  it('knows the app, its paths and its command line', async () => {
    fixture = await launchFixture({ STANDIN_PACKAGED: '1' });
    const facts = await fixture.app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      packaged: app.isPackaged,
      path: app.getAppPath(),
      userData: app.getPath('userData'),
      port: app.commandLine.getSwitchValue('remote-debugging-port'),
      resources: process.resourcesPath,
      type: process.type,
      electron: process.versions.electron,
    }));
    expect(facts).toEqual({
      name: 'Stand-in Fixture',
      version: '1.2.3',
      packaged: true,
      path: FIXTURE,
      userData: fixture.userData,
      port: '0',
      resources: path.dirname(FIXTURE),
      type: 'browser',
      electron: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  it('lets a test replace a dialog', async () => {
    fixture = await launchFixture();
    const { app } = fixture;
    await app.evaluate(({ dialog }) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: '/chosen.png' });
    });
    const path = await app.evaluate(async ({ dialog }) => (await dialog.showSaveDialog({})).filePath);
    expect(path).toBe('/chosen.png');
  });
});

describe.skipIf(!CAN_RUN)('a page from a dev server', () => {
  it('has its preload and IPC, whatever its CSP says', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-security-policy', "default-src 'none'; script-src 'unsafe-inline'");
      response.setHeader('content-type', 'text/html').end(
        `<title>dev</title><script>
          window.violations = [];
          document.addEventListener('securitypolicyviolation', (e) => violations.push(e.effectiveDirective));
        </script>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
    fixture = await launchFixture({ FIXTURE_URL: url });
    const { app, page } = fixture;
    expect(await page.evaluate(() => window.api.invoke('who'))).toMatchObject({ isMainFrame: true, url });
    const news = page.evaluate(() => new Promise((resolve) => window.api.on('news', resolve)));
    await page.evaluate(() => window.api.invoke('echo'));
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('news', { a: 1 }),
    );
    expect(await news).toEqual({ a: 1 });
    await page.reload();
    expect(await page.evaluate(() => window.api.invoke('echo', 2))).toEqual([2]);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    server.close();
  });
});
