import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/** Electron's `Notification`: the system is told nothing. Tests take the place of `show`, and emit `click`. */
export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.emit('show');
  }

  close(): void {
    this.emit('close');
  }
}

type Checked = Pick<Electron.Notification, 'title' | 'body' | 'show' | 'close'>;
Notification satisfies (new (options?: Electron.NotificationConstructorOptions) => Checked) &
  Pick<typeof Electron.Notification, 'isSupported'>;
