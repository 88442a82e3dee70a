import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, _electron, expect } from '@playwright/test';
import type { ConsoleMessage, ElectronApplication, Page } from '@playwright/test';
import { realElectron } from '../../scripts/tools.ts';
import { startTestFal } from '../local-fal/index.ts';
import type { TestFal, TestFalOptions } from '../local-fal/index.ts';
import type { PlaygroundApi } from '../../shared/ipc/contract.ts';
import { Playground } from './playground.ts';

declare global {
  interface Window {
    readonly playground: PlaygroundApi;
  }
}

export const root = fileURLToPath(new URL('../..', import.meta.url));
const electron = realElectron({ download: false });
/** What Electron's binary alone can show is skipped by this name elsewhere. */
export const onStandin = electron === null;

export interface LaunchOptions {
  /** A fal-compatible server; without one the app opens its own demo. */
  readonly fal?: TestFal;
  readonly env?: Readonly<Record<string, string>>;
  /** Another folder with an app in it; the built project itself if not given. */
  readonly appDir?: string;
  readonly args?: readonly string[];
  /** With the transitions most people see; without them a test waits for none of them, and an eighth less is to be done. */
  readonly motion?: boolean;
  /** Faults the page must show are part of this test; they do not fail it. */
  readonly allowFaults?: boolean;
}

export interface Opened {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly ui: Playground;
  /** Ends the app as a person would, and waits until it is gone. */
  readonly close: () => Promise<void>;
}

interface Fixtures {
  /** The folder of this test's app; the same over all its starts. */
  readonly dataDir: string;
  readonly launch: (options?: LaunchOptions) => Promise<Opened>;
  readonly startFal: (options?: TestFalOptions) => Promise<TestFal>;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern
  dataDir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'playground-'));
    await use(dir);
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  },

  launch: async ({ dataDir }, use) => {
    const opened: Opened[] = [];
    const faults: string[] = [];
    await use(async (options = {}) => {
      const one = await open(dataDir, options, options.allowFaults ? [] : faults);
      opened.push(one);
      return one;
    });
    for (const one of opened) await one.close();
    expect(faults, 'policy violations and errors in the page').toEqual([]);
  },

  // oxlint-disable-next-line no-empty-pattern
  startFal: async ({}, use) => {
    const servers: TestFal[] = [];
    await use(async (options) => {
      const server = await startTestFal({ pace: 0.2, ...options });
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.close();
  },
});

export { expect };

async function open(dataDir: string, options: LaunchOptions, faults: string[]): Promise<Opened> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('FAL_') && !name.startsWith('ELECTRON_'),
  );
  const env: Record<string, string> = {};
  for (const [name, value] of inherited) if (value !== undefined) env[name] = value;
  const app = await _electron.launch({
    // Left alone it tells every page that light is preferred, whatever the app says.
    colorScheme: null,
    executablePath: electron ?? join(root, 'test', 'standin', 'electron'),
    args: [
      options.appDir ?? root,
      `--user-data-dir=${dataDir}`,
      ...(options.fal === undefined ? [] : [`--hosts=${options.fal.url}`]),
      ...(options.motion === true ? [] : ['--force-prefers-reduced-motion']),
      ...(options.args ?? []),
    ],
    // No test may write into the keyring of whoever runs it; those that want one bring it.
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null', ...options.env },
  });
  // A native box would wait for ever; a test that is about one replaces this.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  const page = await app.firstWindow();
  // Playwright puts its own colour scheme, none, in every page it meets, now and then after the app has put its own.
  await app.evaluate(({ nativeTheme }) => {
    const { themeSource } = nativeTheme;
    nativeTheme.themeSource = themeSource;
  });
  // Keys pressed before the window listens would be lost.
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  // A violation of the policy is such a message too, and those of the load are kept until they are asked for.
  const note = (message: ConsoleMessage): void => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  };
  page.on('console', note);
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  for (const message of await page.consoleMessages()) note(message);
  for (const error of await page.pageErrors()) faults.push(`error: ${error.message}`);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    // All that was said until now is asked for; what the end of main itself cuts off in the page is no fault.
    await page.consoleMessages().catch(() => []);
    page.off('console', note);
    await app.close();
  };
  return { app, page, ui: new Playground(page), close };
}
