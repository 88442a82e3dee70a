import type { ElectronApplication } from '@playwright/test';

/** What the app told the system, and what a person does there. */
export class System {
  readonly #app: ElectronApplication;

  constructor(app: ElectronApplication) {
    this.#app = app;
  }

  /** From here on notifications and shares are kept, and shown to nobody. */
  async watch(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow, Notification }) => {
      const told: unknown[] = [];
      const shares: number[] = [];
      Reflect.set(globalThis, '__told', told);
      Reflect.set(globalThis, '__shares', shares);
      Notification.prototype.show = function show(): void {
        told.push(this);
      };
      for (const window of BrowserWindow.getAllWindows())
        window.setProgressBar = (share) => void shares.push(share);
    });
  }

  /** `title | body` of each notification so far. */
  told(): Promise<string[]> {
    return this.#app.evaluate(({ Notification }) => {
      const told: unknown = Reflect.get(globalThis, '__told');
      return (Array.isArray(told) ? told : []).flatMap((one: unknown) =>
        one instanceof Notification ? `${one.title} | ${one.body}` : [],
      );
    });
  }

  /** What the window's button in the task bar was told: 0 to 1, -1 for nothing. */
  shares(): Promise<number[]> {
    return this.#app.evaluate(() => {
      const shares: unknown = Reflect.get(globalThis, '__shares');
      return Array.isArray(shares) ? shares.filter((share) => typeof share === 'number') : [];
    });
  }

  /** Clicks the newest notification. */
  async click(): Promise<void> {
    await this.#app.evaluate(({ Notification }) => {
      const told: unknown = Reflect.get(globalThis, '__told');
      const newest: unknown = Array.isArray(told) ? told.at(-1) : undefined;
      if (newest instanceof Notification) Reflect.apply(newest.emit, newest, ['click']);
    });
  }

  /** Goes to another program's window. */
  async leave(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  }

  /** Whether the window is before the person. */
  inFront(): Promise<boolean> {
    return this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null);
  }
}
