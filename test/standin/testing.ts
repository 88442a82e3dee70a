import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Api } from './fixture-app/types.ts';

declare global {
  // What the fixture app's page and main leave for the tests to look at.
  interface Window {
    api: Api;
    apiAtStart: string;
    violations: string[];
    dropped: string[];
  }
  var seen: { requests: { url: string; method: string; range: string | null }[]; events: string[] };
}

/** The stand-in is a shell script around Debian's Chromium; elsewhere the real Electron is tested. */
export const CAN_RUN = process.platform === 'linux';

/** The executable under test. */
export const STANDIN = path.join(import.meta.dirname, 'electron');
/** The app it runs. */
export const FIXTURE = path.join(import.meta.dirname, 'fixture-app');

/** A running fixture app and its first window. */
export interface Fixture {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Ends the app and removes its folder. */
  end(): Promise<void>;
}

/** A fresh user data folder. */
export function makeUserData(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'standin-test-'));
}

/** Starts the fixture app and waits until its window has loaded. */
export async function launchFixture(env: Record<string, string> = {}): Promise<Fixture> {
  const userData = makeUserData();
  const app = await _electron.launch({
    executablePath: STANDIN,
    args: [FIXTURE, `--user-data-dir=${userData}`],
    env: { ...definedEnv(), ...env },
  });
  const page = await app.firstWindow();
  await page.waitForLoadState();
  const end = async (): Promise<void> => {
    await app.close();
    rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { app, page, userData, end };
}

/** The environment without its undefined entries. */
export function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Ids of the processes that have `text` in their command line. */
export function processesWith(text: string): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = ids.filter((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(text);
    } catch {
      return false; // it ended meanwhile
    }
  });
  return found.map(Number).filter((id) => id !== process.pid);
}

/** Waits until `check` is true; rejects after `limit` milliseconds. */
export async function until(check: () => boolean | Promise<boolean>, limit = 8000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
