import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/** Electron's `Notification`: the system is told nothing. `shown` is the stand-in's own, for tests, which emit `click`. */
export class Notification extends EventEmitter {
  /** Those that were shown and not closed yet. */
  static readonly shown: Notification[] = [];
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
    Notification.shown.push(this);
    this.emit('show');
  }

  close(): void {
    const at = Notification.shown.indexOf(this);
    if (at === -1) return;
    Notification.shown.splice(at, 1);
    this.emit('close');
  }
}

type Checked = Pick<Electron.Notification, 'title' | 'body' | 'show' | 'close'>;
Notification satisfies (new (options?: Electron.NotificationConstructorOptions) => Checked) &
  Pick<typeof Electron.Notification, 'isSupported'>;
