import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { browser } from './browser.ts';
import type { CdpSession } from './cdp.ts';
import { electronEvent } from './events.ts';
import { IpcHost } from './ipc-host.ts';
import type { MessagePortMain } from './message-ports.ts';
import type { Navigation } from './navigation-guard.ts';
import { nativeTheme } from './native-theme.ts';
import { watchPage } from './page-events.ts';
import { PageLoad } from './page-load.ts';
import { preparePage, setColorScheme, setViewport } from './page-session.ts';
import type { PageWorld } from './page-session.ts';
import { permissions } from './permissions.ts';
import { toAppUrl, toBrowserUrl } from './scheme-urls.ts';
import { defaultSession } from './session.ts';
import type { Target } from './targets.ts';
import { MainFrame } from './web-frame.ts';
import { noteWindowOpenings } from './window-openings.ts';
import type { WindowOpening } from './window-openings.ts';

type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

/** What a page needs of the window around it. */
export interface ContentsOptions {
  readonly preload: string | undefined;
  readonly additionalArguments: readonly string[];
  size(): { width: number; height: number };
  painted(): void;
  /** Asks the window to close, as its close button does. */
  close(): void;
}

interface Attached {
  readonly target: Target;
  readonly session: CdpSession;
  readonly world: PageWorld;
}

const all = new Map<number, WebContents>();
let lastId = 0;

/** Electron's WebContents: one page in Chromium, from the first `loadURL` on. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly dragged: string[] = [];
  readonly session = defaultSession;
  readonly mainFrame = new MainFrame(this, 1000 + this.id);
  /** For the window-open guard. */
  windowOpenHandler: WindowOpenHandler | undefined;
  readonly #options: ContentsOptions;
  readonly #ipc: IpcHost;
  readonly #page = Promise.withResolvers<Attached>();
  #attached: Attached | undefined;
  /** The document the app itself has asked for and that has not been requested yet; true for any. */
  #own: string | true | undefined;
  #url = '';
  #targetId: string | undefined;
  readonly #loads = new Set<PageLoad>();
  #openings: WindowOpening[] = [];
  #destroyed = false;

  constructor(options: ContentsOptions) {
    super();
    this.#options = options;
    this.#ipc = new IpcHost({
      sender: this,
      browserUrl: () => this.#url,
      refreshUrl: () => this.#refreshUrl(),
      filePaths: async () => (await this.#page.promise).world.filePaths(),
    });
    this.#page.promise.catch(() => {});
    all.set(this.id, this);
  }

  getURL(): string {
    return toAppUrl(this.#url);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    if (!this.#destroyed) this.#ipc.send(channel, args);
  }

  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void {
    if (!this.#destroyed) this.#ipc.postMessage(channel, message, transfer);
  }

  /** Resolves when the page has loaded; rejects with Electron's `ERR_…` text when it cannot be. */
  async loadURL(url: string): Promise<void> {
    const local = toBrowserUrl(URL.parse(url) ? url : pathToFileURL(url).href);
    const load = new PageLoad(url);
    this.#loads.add(load);
    this.#own = local;
    try {
      if (this.#attached) {
        load.expectAnswer();
        const { loaderId, errorText } = await this.#attached.session.send('Page.navigate', { url: local });
        load.begun(loaderId);
        // Stopped on the way; any other failure shows an error page, which PageEvents reports.
        if (errorText === 'net::ERR_ABORTED') this.#failed(-3, 'ERR_ABORTED', url);
      } else {
        const { targets } = await browser();
        await this.adopt(await targets.open(local, this.#options.size()));
      }
      await load.done;
    } finally {
      this.#loads.delete(load);
    }
  }

  reload(): void {
    this.#own = this.#url;
    void this.#attached?.session.try('Page.reload');
  }

  /** The stand-in's page is already open to DevTools: see `--remote-debugging-port`. */
  openDevTools(): void {}

  /** Nothing is dragged: the system's part of it needs the real one. `dragged` is the stand-in's own, for tests. */
  startDrag({ file }: Pick<Electron.Item, 'file'>): void {
    this.dragged.push(file);
  }

  close(): void {
    this.#options.close();
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.#page.promise;
    const { result, exceptionDetails: thrown } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result.value;
  }

  /** The visible page. Of NativeImage only what a screenshot needs. */
  async capturePage(): Promise<Pick<Electron.NativeImage, 'toPNG' | 'toDataURL' | 'isEmpty'>> {
    const { session } = await this.#page.promise;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return {
      toPNG: () => Buffer.from(data, 'base64'),
      toDataURL: () => `data:image/png;base64,${data}`,
      isEmpty: () => data === '',
    };
  }

  /** Takes over a page that waits at its start, and lets it go on. */
  async adopt(target: Target): Promise<void> {
    const { session } = target;
    const { targets, headed } = await browser();
    this.#targetId = target.id;
    // A page that opened by itself goes first where the window-open handler has just let it go.
    this.#own ??= true;
    this.#openings = noteWindowOpenings(session);
    watchPage(session, target.id, {
      emit: (name, ...args) => this.emit(name, ...args),
      committed: (url) => {
        this.#url = url;
        // A DevTools client that has come meanwhile, such as a test's, may have said otherwise for all its pages.
        void setColorScheme(session, nativeTheme.themeSource);
      },
      loaded: (loaderId) => {
        for (const load of this.#loads) load.loaded(loaderId);
      },
      painted: () => this.#options.painted(),
      failed: (code, description, url) => this.#failed(code, description, toAppUrl(url)),
    });
    await permissions.ready();
    const world = await preparePage(
      target,
      {
        preload: this.#options.preload,
        additionalArguments: this.#options.additionalArguments,
        ipcToken: this.#ipc.channel.token,
        viewport: headed ? undefined : this.#options.size(),
        colorScheme: nativeTheme.themeSource,
        slow: {
          open: (doc, sink) => this.#ipc.channel.setSink(doc, sink),
          receive: (doc, frame) => this.#ipc.channel.receive(doc, frame),
          close: (doc) => this.#ipc.channel.close(doc),
        },
        guard: {
          isOwn: (navigation) => this.#isOwn(navigation),
          allows: (navigation) => this.#allows(navigation),
          leaving: (url) => permissions.prepare(this, url),
        },
      },
      () => targets.resume(target),
    );
    this.#attached = { target, session, world };
    this.#page.resolve(this.#attached);
    nativeTheme.on('updated', () => void setColorScheme(session, nativeTheme.themeSource));
  }

  /** DevTools' id of the page, once there is one. */
  targetId(): string | undefined {
    return this.#targetId;
  }

  /** For the window-open guard: what this page said of the window it has just opened, if it said anything. */
  takeWindowOpening(): WindowOpening | undefined {
    return this.#openings.shift();
  }

  /** The window has a new size. */
  async resize(): Promise<void> {
    const { session } = await this.#page.promise;
    if (!(await browser()).headed) await setViewport(session, this.#options.size());
  }

  /** The page is gone, or is to be: closes it in Chromium and ends everything that hangs on it. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#ipc.channel.destroy();
    this.#page.reject(new Error('Object has been destroyed'));
    const id = this.targetId();
    if (id !== undefined) void browser().then(({ targets }) => targets.close(id));
    for (const load of this.#loads) load.failed(-3, 'ERR_ABORTED');
    this.emit('destroyed');
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  /** Playwright finds an app's window by this. */
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.targetId() === targetId);
  }

  #failed(errno: number, code: string, url: string): void {
    this.emit('did-fail-load', electronEvent(), errno, code, url, true, this.mainFrame.processId, 1);
    for (const load of this.#loads) load.failed(errno, code);
  }

  async #refreshUrl(): Promise<void> {
    const { session } = await this.#page.promise;
    const tree = await session.try('Page.getFrameTree');
    if (tree) this.#url = tree.frameTree.frame.url + (tree.frameTree.frame.urlFragment ?? '');
  }

  #isOwn({ url, frameId }: Navigation): boolean {
    const expected = this.#own;
    if (expected === undefined || frameId !== this.#targetId) return false;
    const own = expected === true || withoutFragment(expected) === withoutFragment(url);
    if (own) this.#own = undefined;
    return own;
  }

  #allows({ url, frameId, kind }: Navigation): boolean {
    const isMainFrame = frameId === this.#targetId;
    const details = {
      url: toAppUrl(url),
      isSameDocument: false,
      isMainFrame,
      frame: isMainFrame ? this.mainFrame : null,
      initiator: this.mainFrame,
    };
    const names =
      kind === 'redirect'
        ? ['will-redirect']
        : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])];
    return names.every((name) => {
      const event = electronEvent(details);
      this.emit(name, event, details.url, false, isMainFrame);
      return !event.defaultPrevented;
    });
  }
}

function withoutFragment(url: string): string {
  return (URL.parse(url)?.href ?? url).replace(/#.*$/s, '');
}
