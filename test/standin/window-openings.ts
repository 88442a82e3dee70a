import type Electron from 'electron';
import type { CdpSession } from './cdp.ts';

/** What a page has said of a window it opens: Electron's details, with the URL as Chromium knows it. */
export type WindowOpening = Pick<Electron.HandlerDetails, 'url' | 'frameName' | 'features' | 'disposition'>;

/**
 * Notes the windows a page opens. It says so before the window is there: by one event for `window.open` and
 * `target=_blank`, by another for a click that asks the browser for a new tab (control, shift or the middle button).
 */
export function noteWindowOpenings(session: CdpSession): WindowOpening[] {
  const openings: WindowOpening[] = [];
  session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
    const features = windowFeatures.join(',');
    const isSized = /\b(popup|width|height|left|top)\b/.test(features);
    openings.push({
      url,
      frameName: windowName === '_blank' ? '' : windowName,
      features,
      disposition: isSized ? 'new-window' : 'foreground-tab',
    });
  });
  session.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
    if (disposition !== 'newTab' && disposition !== 'newWindow') return;
    openings.push({
      url,
      frameName: '',
      features: '',
      disposition: disposition === 'newTab' ? 'background-tab' : 'new-window',
    });
  });
  return openings;
}
