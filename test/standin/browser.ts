import type { CdpSession } from './cdp.ts';
import { Chromium, findChromium } from './chromium.ts';
import { Targets } from './targets.ts';

/** What the stand-in needs of the running browser. */
export interface Browser {
  /** The browser's own DevTools session. */
  readonly root: CdpSession;
  readonly targets: Targets;
  readonly headed: boolean;
}

interface LaunchOptions {
  readonly profile: string;
  readonly debuggingPort: string | undefined;
  readonly switches: ReadonlyMap<string, string>;
  /** Called once when Chromium is gone without having been asked to go. */
  lost(code: number): void;
}

const started = Promise.withResolvers<Browser>();
let chromium: Chromium | undefined;
let closing = false;

/** Starts Chromium; `browser()` resolves when its DevTools answer. */
export function launchBrowser(options: LaunchOptions): void {
  const file = findChromium();
  if (!file) throw new Error('Chromium is gone since boot');
  const hasDisplay = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  const headed = process.env['STANDIN_HEADED'] === '1' && hasDisplay;
  const running = new Chromium(file, { ...options, headed });
  chromium = running;
  void running.exited.then((code) => {
    if (!closing) options.lost(code);
  });
  const { root } = running.cdp;
  const targets = new Targets(running.cdp, headed ? (url) => running.openAppWindow(url) : undefined);
  void (async () => {
    await targets.start();
    const { product } = await root.send('Browser.getVersion');
    Object.defineProperty(process.versions, 'chrome', {
      value: product.split('/')[1] ?? '',
      enumerable: true,
    });
    started.resolve({ root, targets, headed });
  })().catch((error: unknown) => {
    if (!closing) console.error('[standin] Chromium does not answer:', error);
  });
}

/** The running browser; pending until it answers. */
export function browser(): Promise<Browser> {
  return started.promise;
}

/** Ends the browser in order. Resolves when it is gone, or at once when it never ran. */
export async function closeBrowser(): Promise<void> {
  closing = true;
  await chromium?.close();
}
