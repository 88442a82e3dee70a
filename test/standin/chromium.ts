import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp.ts';
import { chromiumFlags } from './chromium-flags.ts';
import type { ChromiumOptions } from './chromium-flags.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium to run: CHROMIUM_PATH, else the first of the usual names on PATH. Undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return executable(named) ? named : undefined;
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      if (executable(file)) return file;
    }
  }
  return undefined;
}

/** A running Chromium. */
export class Chromium {
  readonly cdp: CdpConnection;
  /** Resolves when the process is gone, with its exit code (or -1 after a signal). */
  readonly exited: Promise<number>;
  readonly #process: ChildProcess;
  readonly #file: string;
  readonly #options: ChromiumOptions;
  #gone = false;

  constructor(file: string, options: Omit<ChromiumOptions, 'root'>) {
    mkdirSync(options.profile, { recursive: true });
    this.#file = file;
    this.#options = { ...options, root: process.getuid?.() === 0 };
    const flags = chromiumFlags(this.#options);
    this.#process = spawn(file, flags, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // The app's session bus is not its window's: on one that never answers Chromium itself opens no window.
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null' },
    });
    this.exited = new Promise((resolve) => {
      const gone = (code: number | null): void => {
        this.#gone = true;
        resolve(code ?? -1);
      };
      this.#process.once('exit', gone);
      this.#process.once('error', () => gone(-1));
    });
    const [, , , write, read] = this.#process.stdio;
    if (!(write instanceof Writable) || !(read instanceof Readable)) throw new Error('no DevTools pipe');
    this.cdp = new CdpConnection(write, read);
    this.#forwardStderr();
    // Chromium ends by itself when its pipe closes; this is for a Chromium that hangs.
    process.once('exit', () => this.kill());
  }

  /**
   * Opens a window without tabs or address bar. DevTools has no command for that, but a second Chromium on the
   * same profile hands its command line to this one and ends.
   */
  openAppWindow(url: string): void {
    const flags = [`--user-data-dir=${this.#options.profile}`, `--app=${url}`];
    if (this.#options.root) flags.push('--no-sandbox');
    spawn(this.#file, flags, { stdio: 'ignore' }).once('error', () => {});
  }

  /** Ends Chromium at once. Safe to call again. */
  kill(): void {
    if (!this.#gone) this.#process.kill('SIGKILL');
  }

  /** Ends Chromium in order, so that storage reaches the disk; after `limit` milliseconds by force. */
  async close(limit = 3000): Promise<void> {
    if (this.#gone) return;
    const timer = setTimeout(() => this.kill(), limit);
    await this.cdp.root.try('Browser.close');
    await this.exited;
    clearTimeout(timer);
  }

  #forwardStderr(): void {
    const { stderr } = this.#process;
    if (!stderr) return;
    let tail = '';
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      if (process.env['STANDIN_DEBUG']) process.stderr.write(text);
      const lines = (tail + text).split('\n');
      tail = lines.pop() ?? '';
      // Playwright waits for this line of the app's own stderr.
      for (const line of lines)
        if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
    });
  }
}
