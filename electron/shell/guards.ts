import type { Session, WebContents } from 'electron';
import { isAppPage } from './app-scheme.ts';

/** Opens an address in the person's browser; false when it is not one that may be opened. */
export type OpenExternal = (url: string) => boolean;

/** https only, and nothing that hides where it leads. */
export function isSafeExternal(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
}

/** The window stays on the app's own page: links open in the browser, everything else is refused. */
export function guardNavigation(contents: WebContents, openExternal: OpenExternal): void {
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
  // Asked of every frame, the window's own included, before anything else is.
  contents.on('will-frame-navigate', (event) => {
    if (!isAppPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isAppPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The page asks for no device and gets none; copying text goes through main. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
