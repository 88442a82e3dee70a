import { app, dialog, powerMonitor } from 'electron';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { QuitQuestion } from './quit-question.ts';

export interface QuitOptions {
  readonly window: () => BrowserWindow | null;
  /** What a quit now would mean; null when there is nothing to ask. */
  readonly question: () => QuitQuestion | null;
}

/** Asks before a quit that leaves runs under way: once, and only a person; a signal or the system's end is obeyed. */
export class QuitGuard {
  readonly #options: QuitOptions;
  #settled = false;
  #asking = false;

  constructor(options: QuitOptions) {
    this.#options = options;
    app.on('before-quit', (event) => this.#hold(event));
    powerMonitor.on('shutdown', () => {
      this.#settled = true;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      // Before whoever else listens: Electron itself turns a signal into a quit like any other.
      process.prependListener(signal, () => {
        this.#settled = true;
        app.quit();
      });
  }

  /** Where the program ends with its last window, closing that is a quit. */
  watch(window: BrowserWindow): void {
    if (process.platform !== 'darwin') window.on('close', (event) => this.#hold(event));
    // Windows tells only its windows; `query-session-end` may still be taken back, and then a person is asked again.
    window.on('session-end', () => {
      this.#settled = true;
    });
  }

  #hold(event: { readonly preventDefault: () => void }): void {
    const question = this.#settled ? null : this.#options.question();
    if (question === null) return;
    event.preventDefault();
    if (!this.#asking) void this.#ask(question);
  }

  async #ask({ message, detail, suggested }: QuitQuestion): Promise<void> {
    this.#asking = true;
    const options: MessageBoxOptions = {
      type: 'question',
      message,
      detail,
      buttons: ['Quit', 'Stay'],
      defaultId: suggested === 'quit' ? 0 : 1,
      cancelId: 1,
      noLink: true,
    };
    try {
      const window = this.#options.window();
      const { response } = await (window === null
        ? dialog.showMessageBox(options)
        : dialog.showMessageBox(window, options));
      if (response !== 0) return;
      this.#settled = true;
      app.quit();
    } finally {
      this.#asking = false;
    }
  }
}
