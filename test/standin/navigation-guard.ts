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
  /** Frames whose page has just asked to go somewhere; it says so on the line its request takes, and before it. */
  const requested = new Set<string>();
  session.on('Page.frameRequestedNavigation', ({ frameId, disposition }) => {
    if (disposition === 'currentTab') requested.add(frameId);
  });

  // A page that has moved on has nothing left to ask for.
  session.on('Page.frameNavigated', ({ frame }) => requested.delete(frame.id));

  function decide(paused: Protocol.Fetch.requestPausedPayload): boolean {
    const { frameId, request } = paused;
    const url = request.url + (request.urlFragment ?? '');
    if (paused.redirectedRequestId !== undefined) return host.allows({ url, frameId, kind: 'redirect' });
    const navigation: Navigation = { url, frameId, kind: 'page' };
    if (host.isOwn(navigation)) return true;
    // What neither the page nor the app asked for is DevTools' (a test's `page.reload()`), where Electron has no event.
    return requested.delete(frameId) ? host.allows(navigation) : true;
  }

  session.on('Fetch.requestPaused', (paused) => {
    void (async () => {
      const { requestId } = paused;
      if (!decide(paused)) {
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
