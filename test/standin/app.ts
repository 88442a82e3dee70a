import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Electron from 'electron';
import { closeBrowser } from './browser.ts';
import { electronEvent } from './events.ts';
import { launch } from './launch.ts';
import { openWindows } from './registry.ts';

type PathName =
  'userData' | 'sessionData' | 'logs' | 'downloads' | 'temp' | 'home' | 'documents' | 'appData' | 'exe';

/** `app.commandLine`: the switches of the real command line and those the app adds. */
class CommandLine {
  readonly switches = new Map<string, string>();

  appendSwitch(name: string, value = ''): void {
    this.switches.set(name.toLowerCase(), value);
  }

  hasSwitch(name: string): boolean {
    return this.switches.has(name.toLowerCase());
  }

  getSwitchValue(name: string): string {
    return this.switches.get(name.toLowerCase()) ?? '';
  }
}

// `on`, `once` and `off` are EventEmitter's: Electron's return its whole App class, which nothing smaller satisfies.
class App extends EventEmitter {
  readonly commandLine = new CommandLine();
  readonly #paths = new Map<string, string>();
  readonly #readiness = Promise.withResolvers<void>();
  #name: string | undefined;
  #ready = false;
  #quitting = false;
  #exiting = false;

  get isPackaged(): boolean {
    return launch().packaged;
  }

  get name(): string {
    return this.getName();
  }

  set name(name: string) {
    this.#name = name;
  }

  /** There is no system to have icons of: an empty one, of which only that can be asked. */
  getFileIcon(_path: string): Promise<Pick<Electron.NativeImage, 'isEmpty'>> {
    return Promise.resolve({ isEmpty: () => true });
  }

  whenReady(): Promise<void> {
    return this.#readiness.promise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  getName(): string {
    return this.#name ?? launch().name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return launch().version;
  }

  getAppPath(): string {
    return launch().appPath;
  }

  getLocale(): string {
    return this.commandLine.getSwitchValue('lang') || 'en-US';
  }

  setAppUserModelId(): void {}

  /** Nothing to turn on: every page of the stand-in is a browser page without Node. */
  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  /** Always the first instance; a second process is a second app here (`real-only`). */
  requestSingleInstanceLock(): boolean {
    return true;
  }

  getPath(name: PathName): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const home = os.homedir();
    const appData =
      this.#paths.get('appData') ?? process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
    const userData = this.#paths.get('userData') ?? path.join(appData, this.getName());
    const paths: Record<PathName, string> = {
      home,
      appData,
      userData,
      sessionData: userData,
      logs: path.join(userData, 'logs'),
      temp: os.tmpdir(),
      downloads: path.join(home, 'Downloads'),
      documents: path.join(home, 'Documents'),
      exe: process.execPath,
    };
    const found = paths[name];
    if (found === undefined) throw new Error(`Failed to get '${String(name)}' path`);
    return found;
  }

  setPath(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    mkdirSync(value, { recursive: true });
    this.#paths.set(name, value);
  }

  /** Asks every window to close and ends the app with code 0; any `preventDefault` on the way keeps it running. */
  quit(): void {
    if (this.#quitting || this.#exiting) return;
    const event = electronEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    if (openWindows.size === 0) this.#notifyAndShutdown();
    else for (const window of openWindows) window.close();
  }

  /** Ends the app with the given code without asking anyone. */
  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    for (const window of openWindows) window.destroy();
    this.emit('quit', electronEvent(), code);
    void closeBrowser().then(() => process.exit(code));
  }

  /** For boot: takes the switches of the real command line, before the app's code runs. */
  readCommandLine(): void {
    for (const arg of launch().argv) {
      const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
      if (match?.[1]) this.commandLine.appendSwitch(match[1], match[2] ?? '');
    }
    const userData = this.commandLine.getSwitchValue('user-data-dir');
    if (userData !== '') this.setPath('userData', path.resolve(userData));
  }

  /** For the lifecycle: `ready` and `whenReady`. */
  becomeReady(): void {
    this.#ready = true;
    // Playwright's loader replaces `emit` and waits for this event's arguments before it lets the app go on.
    this.emit('ready', electronEvent(), {});
    this.#readiness.resolve();
  }

  /** For windows: one has gone. */
  windowClosed(): void {
    if (openWindows.size > 0 || this.#exiting) return;
    if (this.#quitting) this.#notifyAndShutdown();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  /** For windows: one refused to close, so the app stays. */
  closeCancelled(): void {
    this.#quitting = false;
  }

  /** Whether the app is on its way out, so that a vanishing browser is no surprise. */
  isEnding(): boolean {
    return this.#quitting || this.#exiting;
  }

  #notifyAndShutdown(): void {
    const event = electronEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }
}

/** Electron's `app`. */
export const app = new App();
app satisfies Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'getAppPath'
  | 'getLocale'
  | 'isPackaged'
  | 'enableSandbox'
  | 'setAppUserModelId'
>;
app.commandLine satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>;
// Fewer paths than Electron knows: asking for another is a compile error in a test and throws in an app.
app.getPath satisfies (name: PathName & Parameters<Electron.App['getPath']>[0]) => string;
