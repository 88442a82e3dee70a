import type { CdpSession } from './cdp.ts';
import { electronEvent } from './events.ts';
import type { Protocol } from './protocol.ts';

interface Host {
  emit(name: string, ...args: unknown[]): void;
  /** The top frame is at this URL now, as Chromium writes it. */
  committed(url: string): void;
  /** The document that DevTools knows by this id has loaded. */
  loaded(loaderId: string): void;
  /** Something is to be seen, or never will be. */
  painted(): void;
  failed(errno: number, code: string, url: string): void;
}

type Level = 'info' | 'warning' | 'error' | 'debug';

const LEVELS: Readonly<Record<string, Level>> = {
  warning: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
  verbose: 'debug',
};

// The few of Chromium's error numbers an app meets.
const ERRNO: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_ACCESS_DENIED: -10,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_EMPTY_RESPONSE: -324,
};

class PageEvents {
  readonly #host: Host;
  #errorText = 'ERR_FAILED';
  /** The document shown is Chromium's own error page. */
  #isErrorPage = false;
  #loaderId = '';

  constructor(host: Host) {
    this.#host = host;
  }

  listen(session: CdpSession, mainFrameId: string): void {
    const host = this.#host;
    session.on('Network.loadingFailed', ({ type, errorText }) => {
      if (type === 'Document') this.#errorText = errorText.replace('net::', '');
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#committed(frame);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === mainFrameId) host.committed(url);
    });
    session.on('Page.domContentEventFired', () => {
      if (!this.#isErrorPage) host.emit('dom-ready', electronEvent());
    });
    session.on('Page.loadEventFired', () => {
      if (this.#isErrorPage) return;
      host.painted();
      host.emit('did-finish-load', electronEvent());
      host.loaded(this.#loaderId);
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId === mainFrameId && name === 'firstContentfulPaint') host.painted();
    });
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const [frame] = stackTrace?.callFrames ?? [];
      const text = args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(' ');
      this.#console(LEVELS[type] ?? 'info', text, frame?.lineNumber ?? 0, frame?.url ?? '');
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: thrown }) => {
      const text = `${thrown.text} ${thrown.exception?.description ?? ''}`.trim();
      this.#console('error', text, thrown.lineNumber, thrown.url ?? '');
    });
    session.on('Log.entryAdded', ({ entry }) => {
      this.#console(LEVELS[entry.level] ?? 'info', entry.text, entry.lineNumber ?? 0, entry.url ?? '');
    });
    session.on('Inspector.targetCrashed', () => {
      host.emit('render-process-gone', electronEvent(), { reason: 'crashed', exitCode: 1 });
    });
  }

  #committed(frame: Protocol.Page.Frame): void {
    this.#isErrorPage = frame.unreachableUrl !== undefined;
    this.#loaderId = frame.loaderId;
    if (frame.unreachableUrl !== undefined) {
      this.#host.failed(ERRNO[this.#errorText] ?? -2, this.#errorText, frame.unreachableUrl);
    } else this.#host.committed(frame.url + (frame.urlFragment ?? ''));
  }

  #console(level: Level, message: string, lineNumber: number, sourceId: string): void {
    this.#host.emit('console-message', electronEvent({ level, message, lineNumber, sourceId }));
  }
}

/** Turns DevTools' events of one page into Electron's. */
export function watchPage(session: CdpSession, mainFrameId: string, host: Host): void {
  const events = new PageEvents(host);
  events.listen(session, mainFrameId);
}
