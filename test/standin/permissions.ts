import { browser } from './browser.ts';
import type { Protocol } from './protocol.ts';
import { toAppUrl } from './scheme-urls.ts';
import type { PermissionDetails } from './wire.ts';

type Descriptor = Protocol.Browser.PermissionDescriptor;
/** Either handler as the app gave it; Electron's types for them are on `session`. */
type Handler = (...args: never[]) => unknown;

/** Electron's permission names, and what Chromium calls them. Others have no DevTools command. */
const DESCRIPTORS: Readonly<Record<string, readonly Descriptor[]>> = {
  'clipboard-read': [{ name: 'clipboard-read', allowWithoutSanitization: false }],
  'clipboard-sanitized-write': [{ name: 'clipboard-write', allowWithoutSanitization: false }],
  'display-capture': [{ name: 'display-capture' }],
  geolocation: [{ name: 'geolocation' }],
  'idle-detection': [{ name: 'idle-detection' }],
  'local-fonts': [{ name: 'local-fonts' }],
  midi: [{ name: 'midi' }, { name: 'midi', sysex: true }], // Chromium asks the second for either
  midiSysex: [{ name: 'midi', sysex: true }],
  notifications: [{ name: 'notifications' }],
  'persistent-storage': [{ name: 'persistent-storage' }],
  'screen-wake-lock': [{ name: 'screen-wake-lock' }],
  sensors: [{ name: 'accelerometer' }, { name: 'gyroscope' }, { name: 'magnetometer' }],
  'storage-access': [{ name: 'storage-access' }],
  'window-management': [{ name: 'window-management' }],
};
const MEDIA = { video: { name: 'camera' }, audio: { name: 'microphone' } } as const;

/**
 * The permissions of the session. Without handlers everything is granted, as in Electron. With them a page has what
 * the check handler says (nothing, without one), and each request is put to the request handler when it is made.
 */
class Permissions {
  #request: Handler | null = null;
  #check: Handler | null = null;
  /** Commands go out one after the other, so that the last word is the newest. */
  #last: Promise<void> = Promise.resolve();
  readonly #origins = new Map<string, object>();

  setRequestHandler(handler: Handler | null): void {
    this.#request = handler;
    this.#refresh();
  }

  setCheckHandler(handler: Handler | null): void {
    this.#check = handler;
    this.#refresh();
  }

  /** Resolves when what the handlers said last is what the browser does. */
  ready(): Promise<void> {
    return this.#last;
  }

  /** For the lifecycle: brings a fresh browser to the state of the handlers. */
  start(): void {
    this.#refresh();
  }

  /** Origins, as Chromium knows them, that a page has been loaded from. */
  knownOrigins(): string[] {
    return [...this.#origins.keys()];
  }

  /** A page is about to load from `url`. Resolves when its permissions stand. */
  async prepare(contents: object, url: string): Promise<void> {
    const { origin, protocol } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') {
      this.#origins.set(origin, contents);
      // Without a check handler what stands for all origins stands for this one.
      if (this.#check) this.#enqueue(() => this.#applyTo(origin, contents));
    }
    await this.#last;
  }

  /** A page asks now. Resolves with the answer, once the browser has it too. */
  async ask(contents: object, url: string, permission: string, details: PermissionDetails): Promise<boolean> {
    const handler = this.#request;
    const requestingUrl = toAppUrl(url);
    const granted = handler
      ? await new Promise<boolean>((resolve) => {
          const request = { requestingUrl, isMainFrame: true, securityOrigin: appOrigin(url), ...details };
          Reflect.apply(handler, undefined, [
            contents,
            permission,
            (answer: unknown) => resolve(answer === true),
            request,
          ]);
        })
      : true;
    const descriptors =
      permission === 'media'
        ? (details.mediaTypes ?? []).map((type) => MEDIA[type])
        : (DESCRIPTORS[permission] ?? []);
    const { origin } = new URL(url);
    this.#enqueue(() => set(descriptors, granted, origin));
    await this.#last;
    return granted;
  }

  #refresh(): void {
    const open = !this.#request && !this.#check;
    this.#enqueue(async () => {
      const all = [...Object.values(DESCRIPTORS).flat(), ...Object.values(MEDIA)];
      await set(all, open, undefined);
    });
    for (const [origin, contents] of this.#origins) this.#enqueue(() => this.#applyTo(origin, contents));
  }

  async #applyTo(origin: string, contents: object): Promise<void> {
    const grants = Object.entries(DESCRIPTORS).map(([permission, descriptors]) =>
      set(descriptors, this.#checked(contents, permission, origin, {}), origin),
    );
    for (const mediaType of ['video', 'audio'] as const) {
      grants.push(set([MEDIA[mediaType]], this.#checked(contents, 'media', origin, { mediaType }), origin));
    }
    await Promise.all(grants);
  }

  #checked(contents: object, permission: string, origin: string, details: object): boolean {
    if (!this.#check) return !this.#request;
    const requestingUrl = `${appOrigin(origin)}/`;
    const more = { requestingUrl, isMainFrame: true, securityOrigin: requestingUrl, ...details };
    return Reflect.apply(this.#check, undefined, [contents, permission, requestingUrl, more]) === true;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#last = this.#last.then(work, work);
    this.#last.catch((error: unknown) => console.error('[standin] permission handler failed:', error));
  }
}

async function set(
  descriptors: readonly Descriptor[],
  granted: boolean,
  origin: string | undefined,
): Promise<void> {
  const { root } = await browser();
  const setting = granted ? 'granted' : 'denied';
  await Promise.all(
    descriptors.map((permission) =>
      root.try('Browser.setPermission', { permission, setting, ...(origin && { origin }) }),
    ),
  );
}

function appOrigin(url: string): string {
  const { protocol, host } = new URL(toAppUrl(url));
  return `${protocol}//${host}`;
}

/** The one session's permissions. */
export const permissions = new Permissions();
