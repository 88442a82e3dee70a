import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { browser } from './browser.ts';
import { electronEvent } from './events.ts';
import { openWindows } from './registry.ts';
import type { Target } from './targets.ts';
import { WebContents } from './web-contents.ts';

type Options = Electron.BrowserWindowConstructorOptions;
type Rectangle = Electron.Rectangle;

const windows = new Map<number, BrowserWindow>();
let lastId = 0;
let focused: BrowserWindow | undefined;

function setFocused(window: BrowserWindow | undefined): void {
  focused = window;
}

// `on` is EventEmitter's, and `webContents` is the stand-in's own: Electron's classes are too large to stand in for.
/** Electron's BrowserWindow. Its size is the size of its page: there is no frame to speak of. */
export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #bounds: Rectangle;
  #title: string;
  #visible: boolean;
  #state: 'normal' | 'minimized' | 'maximized' = 'normal';
  #painted = false;
  #gone = false;

  constructor(options: Options = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const {
      x = 0,
      y = 0,
      width = 800,
      height = 600,
      minWidth = 0,
      minHeight = 0,
      webPreferences = {},
    } = options;
    refuse(webPreferences);
    this.#bounds = { x, y, width: Math.max(width, minWidth), height: Math.max(height, minHeight) };
    this.#title = options.title ?? app.getName();
    this.#visible = options.show !== false;
    this.webContents = new WebContents({
      preload: webPreferences.preload,
      additionalArguments: webPreferences.additionalArguments ?? [],
      size: () => ({ width: this.#bounds.width, height: this.#bounds.height }),
      painted: () => this.#firstPaint(),
      close: () => this.close(),
    });
    windows.set(this.id, this);
    openWindows.add(this);
    if (this.#visible) this.focus();
    app.emit('web-contents-created', electronEvent(), this.webContents);
    app.emit('browser-window-created', electronEvent(), this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  /** For the window-open guard: the window of a page that opened by itself. */
  adopt(target: Target): Promise<void> {
    return this.webContents.adopt(target);
  }

  show(): void {
    const hidden = !this.#visible;
    this.#visible = true;
    if (hidden) this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#visible = false;
    this.blur();
  }

  focus(): void {
    if (focused === this) return;
    focused?.blur();
    setFocused(this);
    this.emit('focus');
  }

  blur(): void {
    if (focused !== this) return;
    setFocused(undefined);
    this.emit('blur');
  }

  /** Asks the page's and the app's leave, then closes. */
  close(): void {
    if (this.#gone) return;
    const event = electronEvent();
    this.emit('close', event);
    if (event.defaultPrevented) app.closeCancelled();
    else this.destroy();
  }

  destroy(): void {
    if (this.#gone) return;
    this.#gone = true;
    windows.delete(this.id);
    openWindows.delete(this);
    if (focused === this) setFocused(undefined);
    this.webContents.destroy();
    this.emit('closed');
    app.windowClosed();
  }

  isDestroyed(): boolean {
    return this.#gone;
  }

  isVisible(): boolean {
    return this.#visible && !this.#gone;
  }

  isFocused(): boolean {
    return focused === this;
  }

  isMinimized(): boolean {
    return this.#state === 'minimized';
  }

  isMaximized(): boolean {
    return this.#state === 'maximized';
  }

  minimize(): void {
    this.#setState('minimized');
  }

  maximize(): void {
    this.#setState('maximized');
  }

  restore(): void {
    this.#setState('normal');
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (x !== before.x || y !== before.y) this.emit('move');
    if (width === before.width && height === before.height) return;
    void this.#resize();
    this.emit('resize');
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  /** Without a frame, a task bar or a first white flash these have nothing to act on. */
  setBackgroundColor(_color: string): void {}
  setProgressBar(_progress: number, _options?: Electron.ProgressBarOptions): void {}

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused ?? null;
  }

  #firstPaint(): void {
    if (this.#painted) return;
    this.#painted = true;
    this.emit('ready-to-show');
    void this.#resize();
  }

  /** Brings the browser's window to our size; without a display the page's size is enough. */
  async #resize(): Promise<void> {
    await this.webContents.resize().catch(() => {});
    const { root, headed } = await browser();
    const targetId = this.webContents.targetId();
    if (!headed || targetId === undefined) return;
    const found = await root.try('Browser.getWindowForTarget', { targetId });
    const { x: left, y: top, width, height } = this.#bounds;
    if (found) {
      const bounds = { left, top, width, height };
      await root.try('Browser.setWindowBounds', { windowId: found.windowId, bounds });
    }
  }

  #setState(state: 'normal' | 'minimized' | 'maximized'): void {
    this.#state = state;
    void (async () => {
      const { root, headed } = await browser();
      const targetId = this.webContents.targetId();
      if (!headed || targetId === undefined) return;
      const found = await root.try('Browser.getWindowForTarget', { targetId });
      if (found) {
        await root.try('Browser.setWindowBounds', {
          windowId: found.windowId,
          bounds: { windowState: state },
        });
      }
    })();
  }
}

/** What a window may not ask for here, because the stand-in could only pretend. */
function refuse(preferences: Electron.WebPreferences): void {
  if (preferences.nodeIntegration) throw new Error('the stand-in has no nodeIntegration');
  if (preferences.contextIsolation === false) throw new Error('the stand-in always isolates the preload');
  if (preferences.webviewTag) throw new Error('the stand-in has no <webview>');
}

type Checked = Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFocused'
  | 'minimize'
  | 'maximize'
  | 'restore'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'setTitle'
  | 'setBackgroundColor'
  | 'setProgressBar'
>;
BrowserWindow satisfies new (options?: Options) => Checked;
