import { BrowserWindow } from 'electron';
import { APP_PAGE, isAppPage } from './app-scheme.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly dark: boolean;
}

/** The one window, shown when its first picture is there. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 880,
    minWidth: 860,
    minHeight: 560,
    show: false,
    title: 'fal Playground',
    autoHideMenuBar: true,
    // The page's own background, so that nothing flashes before it is drawn.
    backgroundColor: options.dark ? '#131314' : '#fbfbfa',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

export async function openPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(APP_PAGE);
}

/** Whether a message comes from the window's own page and not from a frame or a page that took its place. */
export function isFromPage(
  window: BrowserWindow | null,
  event: { readonly sender: Electron.WebContents; readonly senderFrame: Electron.WebFrameMain | null },
): boolean {
  if (window === null || window.isDestroyed() || event.sender !== window.webContents) return false;
  const { senderFrame } = event;
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && isAppPage(senderFrame.url);
}
