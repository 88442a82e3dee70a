import type Electron from 'electron';
import { originOf } from './scheme-urls.ts';

interface Contents {
  getURL(): string;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
}

/** Electron's WebFrameMain for the top frame of a window: one object for as long as the window lives. */
export class MainFrame {
  readonly name = '';
  readonly parent = null;
  readonly routingId = 1;
  readonly processId: number;
  readonly #contents: Contents;

  constructor(contents: Contents, processId: number) {
    this.#contents = contents;
    this.processId = processId;
  }

  /** In app form: `app://bundle/index.html`. */
  get url(): string {
    return this.#contents.getURL();
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): this {
    return this;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }

  isDestroyed(): boolean {
    return this.#contents.isDestroyed();
  }
}

type Checked = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'send' | 'name' | 'processId' | 'routingId'>;
MainFrame satisfies new (...args: never[]) => Checked;
