import type { CdpSession } from './cdp.ts';
import type { Protocol } from './protocol.ts';

/** A document about to be requested, before anything has left the machine. */
export interface Navigation {
  /** As Chromium knows it. */
  readonly url: string;
  readonly frameId: string;
  readonly kind: 'page' | 'redirect';
}

interface Host {
  /** Whether the app itself asked for this document (`loadURL`, `reload`); asked once per document. */
  isOwn(navigation: Navigation): boolean;
  /** Puts it to the app's listeners; false stops it. */
  allows(navigation: Navigation): boolean;
  /** Last step before the request leaves. */
  leaving(url: string): Promise<void>;
}

/**
 * Holds every document request of a page until the app's `will-navigate`, `will-frame-navigate` and `will-redirect`
 * listeners have had their say. Call it before the page goes on for the first time.
 */
export function guardNavigation(session: CdpSession, host: Host): Promise<unknown> {
  /** Frames whose page has just asked to go somewhere. */
  const requested = new Set<string>();
  session.on('Page.frameRequestedNavigation', ({ frameId, disposition }) => {
    if (disposition === 'currentTab') requested.add(frameId);
  });

  async function isByPage({ frameId }: Protocol.Fetch.requestPausedPayload): Promise<boolean> {
    // The page says that it wants to leave before it does, but on another line than the request. A question down
    // the page's line is answered after all it has said before, so this is no race.
    if (!requested.has(frameId)) await session.try('Runtime.evaluate', { expression: '0' });
    return requested.delete(frameId);
  }

  async function decide(paused: Protocol.Fetch.requestPausedPayload): Promise<boolean> {
    const { frameId, request } = paused;
    const url = request.url + (request.urlFragment ?? '');
    if (paused.redirectedRequestId !== undefined) return host.allows({ url, frameId, kind: 'redirect' });
    const navigation: Navigation = { url, frameId, kind: 'page' };
    if (host.isOwn(navigation)) return true;
    // What neither the page nor the app asked for is DevTools' (a test's `page.reload()`), where Electron has no event.
    return (await isByPage(paused)) ? host.allows(navigation) : true;
  }

  session.on('Fetch.requestPaused', (paused) => {
    void (async () => {
      const { requestId } = paused;
      if (!(await decide(paused))) {
        // Aborted leaves the page as it is; any other reason would put an error page in its place.
        await session.try('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
      await host.leaving(paused.request.url);
      await session.try('Fetch.continueRequest', { requestId });
    })();
  });
  return session.try('Fetch.enable', {
    patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }],
  });
}
