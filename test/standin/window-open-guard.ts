import type Electron from 'electron';
import { browser } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import type { Protocol } from './protocol.ts';
import { toAppUrl } from './scheme-urls.ts';
import type { Target } from './targets.ts';
import { WebContents } from './web-contents.ts';
import type { WindowOpening } from './window-openings.ts';

/**
 * A page that opened by itself stands still before its first request; the opener's window-open handler says whether
 * it may go on. Without a handler it may, as in Electron.
 */
export async function onForeignPage(target: Target): Promise<void> {
  const { targets } = await browser();
  const found = findOpener(target.info);
  if (!found) {
    await targets.close(target.id); // Chromium's own doing, not a page's
    return;
  }
  const { opener, said } = found;
  const details = handlerDetails(opener, said);
  const response = opener.windowOpenHandler?.(details) ?? { action: 'allow' };
  if (response.action !== 'allow' || opener.isDestroyed()) {
    await targets.close(target.id);
    return;
  }
  const window = new BrowserWindow(response.overrideBrowserWindowOptions ?? {});
  opener.emit('did-create-window', window, details);
  await window.adopt(target);
}

interface Found {
  readonly opener: WebContents;
  readonly said: WindowOpening;
}

/** The page that has just said that it opens a window. One without opener (`noopener`) names none, but it has said so too. */
function findOpener(info: Protocol.Target.TargetInfo): Found | undefined {
  const named = info.openerId === undefined ? undefined : WebContents.fromDevToolsTargetId(info.openerId);
  for (const opener of named ? [named] : WebContents.getAllWebContents()) {
    const said = opener.takeWindowOpening();
    if (said) return { opener, said };
  }
  return undefined;
}

function handlerDetails(opener: WebContents, said: WindowOpening): Electron.HandlerDetails {
  return {
    ...said,
    url: toAppUrl(said.url),
    referrer: { url: opener.getURL(), policy: 'strict-origin-when-cross-origin' },
  };
}
