/** What the window of an app needs of Chromium; everything else of the browser is off. */
export interface ChromiumOptions {
  readonly profile: string;
  readonly headed: boolean;
  /** `--remote-debugging-port=N` of the app's command line: Playwright connects there. */
  readonly debuggingPort: string | undefined;
  /** Switches the app or its command line asked for, without the leading dashes. */
  readonly switches: ReadonlyMap<string, string>;
  readonly root: boolean;
}

// Of the app's own switches only these change what a page can see; the rest are for the real browser process.
const PASSED_ON = [
  'autoplay-policy',
  'disable-blink-features',
  'enable-blink-features',
  'force-device-scale-factor',
  'force-prefers-reduced-motion',
  'force-color-profile',
  'js-flags',
  'lang',
  'proxy-server',
  'proxy-bypass-list',
  'use-file-for-fake-video-capture',
  'use-file-for-fake-audio-capture',
];

const DISABLED_FEATURES = [
  'BackForwardCache', // an Electron page is gone when it is left; a cached one would keep its IPC channel
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  // A page for the address bar, which no window of an app has; it costs as much as the app's own.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'LocalNetworkAccessChecks', // a dev server page and the stand-in's own server are both on this machine
];

/** The command line of Chromium, without the executable. */
export function chromiumFlags(options: ChromiumOptions): string[] {
  const flags = [
    '--remote-debugging-pipe',
    `--user-data-dir=${options.profile}`,
    '--test-type',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-popup-blocking', // Electron has no pop-up blocker: the window-open handler decides
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-dev-shm-usage',
    '--disable-search-engine-choice-screen',
    '--disable-infobars',
    '--metrics-recording-only',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--use-fake-device-for-media-stream', // so that a granted camera gives a picture
    '--force-color-profile=srgb',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
  ];
  // Chromium refuses to start as root with its sandbox, and without it shows a warning over the page.
  if (options.root) flags.push('--no-sandbox', '--test-type');
  if (options.debuggingPort) flags.push(options.debuggingPort);
  if (!options.headed) flags.push('--headless=new', '--hide-scrollbars');
  for (const name of PASSED_ON) {
    const value = options.switches.get(name);
    if (value !== undefined) flags.push(value === '' ? `--${name}` : `--${name}=${value}`);
  }
  flags.push('--no-startup-window');
  return flags;
}
