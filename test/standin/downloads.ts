import { EventEmitter } from 'node:events';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { app } from './app.ts';
import { browser } from './browser.ts';
import { electronEvent } from './events.ts';
import { toAppUrl } from './scheme-urls.ts';
import { defaultSession } from './session.ts';
import { WebContents } from './web-contents.ts';

/** Electron's DownloadItem, as far as a `will-download` listener needs it. */
class DownloadItem extends EventEmitter {
  readonly #url: string;
  readonly #name: string;
  #savePath: string;
  readonly cancel: () => void;

  constructor(url: string, name: string, cancel: () => void) {
    super();
    this.#url = url;
    this.#name = name;
    this.#savePath = path.join(app.getPath('downloads'), name);
    this.cancel = cancel;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return this.#name;
  }

  getSavePath(): string {
    return this.#savePath;
  }

  setSavePath(file: string): void {
    this.#savePath = file;
  }
}

/** Fires `will-download` for what Chromium starts to save; `preventDefault` stops it. */
export async function watchDownloads(): Promise<void> {
  const { root } = await browser();
  const folder = path.join(app.getPath('userData'), 'standin-chromium', 'downloads');
  const items = new Map<string, DownloadItem>();
  root.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
    const cancel = (): void => void root.try('Browser.cancelDownload', { guid });
    const item = new DownloadItem(toAppUrl(url), suggestedFilename, cancel);
    items.set(guid, item);
    const event = electronEvent();
    const [contents] = WebContents.getAllWebContents();
    defaultSession.emit('will-download', event, item, contents);
    if (event.defaultPrevented) cancel();
  });
  root.on('Browser.downloadProgress', ({ guid, state }) => {
    const item = items.get(guid);
    if (!item || state === 'inProgress') return;
    items.delete(guid);
    void (async () => {
      const completed = state === 'completed';
      if (completed) await rename(path.join(folder, guid), item.getSavePath());
      item.emit('done', electronEvent(), completed ? 'completed' : 'cancelled');
    })();
  });
  await root.try('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
}
