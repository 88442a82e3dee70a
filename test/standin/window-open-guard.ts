import type Electron from 'electron';
import { browser } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import type { Protocol } from './protocol.ts';
import { toAppUrl } from './scheme-urls.ts';
import type { Target } from './targets.ts';
import { WebContents } from './web-contents.ts';

/**
 * A page that opened by itself stands still before its first request; the opener's window-open handler says whether
 * it may go on. Without a handler it may, as in Electron.
 */
export async function onForeignPage(target: Target): Promise<void> {
  const { targets } = await browser();
  const found = await findOpener(target.info);
  if (!found) {
    await targets.close(target.id); // Chromium's own doing, not a page's
    return;
  }
  const { opener, said } = found;
  const first = said || target.info.url ? undefined : await firstRequest(target, () => targets.resume(target));
  const details = handlerDetails(opener, first?.url ?? target.info.url, said);
  const response = opener.windowOpenHandler?.(details) ?? { action: 'allow' };
  if (response.action !== 'allow' || opener.isDestroyed()) {
    await targets.close(target.id);
    return;
  }
  const window = new BrowserWindow(response.overrideBrowserWindowOptions ?? {});
  opener.emit('did-create-window', window, details);
  await window.adopt(target, first?.goOn);
}

interface FirstRequest {
  readonly url: string;
  goOn(): Promise<void>;
}

/** Nobody says where a click in the browser's hands leads, so the page goes on as far as its first request. */
function firstRequest({ session }: Target, resume: () => Promise<void>): Promise<FirstRequest> {
  return new Promise((resolve) => {
    let asked = false;
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      if (asked) return; // later ones are the navigation guard's
      asked = true;
      const goOn = async (): Promise<void> => void (await session.try('Fetch.continueRequest', { requestId }));
      resolve({ url: request.url, goOn });
    });
    void session.try('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
    void resume();
  });
}

interface Found {
  readonly opener: WebContents;
  /** Missing for a click that asks the browser, not the page, for a new tab (control or middle button). */
  readonly said: Protocol.Page.windowOpenPayload | undefined;
}

async function findOpener(info: Protocol.Target.TargetInfo): Promise<Found | undefined> {
  const named = info.openerId === undefined ? undefined : WebContents.fromDevToolsTargetId(info.openerId);
  if (named) return { opener: named, said: await named.takeWindowOpen() };
  // `noopener` hides who it was, but not from the one who has just said so.
  const all = WebContents.getAllWebContents().filter((contents) => contents.targetId() !== undefined);
  for (const opener of all) {
    const said = await opener.takeWindowOpen();
    if (said) return { opener, said };
  }
  const opener = BrowserWindow.getFocusedWindow()?.webContents ?? all[0];
  return opener && /^(https?:|about:blank|$)/.test(info.url) ? { opener, said: undefined } : undefined;
}

function handlerDetails(
  opener: WebContents,
  url: string,
  said: Protocol.Page.windowOpenPayload | undefined,
): Electron.HandlerDetails {
  const features = said?.windowFeatures.join(',') ?? '';
  const sized = /\b(popup|width|height|left|top)\b/.test(features);
  return {
    url: toAppUrl(said?.url ?? url),
    frameName: said?.windowName ?? '',
    features,
    disposition: said ? (sized ? 'new-window' : 'foreground-tab') : 'background-tab',
    referrer: { url: opener.getURL(), policy: 'strict-origin-when-cross-origin' },
  };
}
