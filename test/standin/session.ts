import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { browser } from './browser.ts';
import { permissions } from './permissions.ts';
import { resolveByRules } from './proxy-rules.ts';
import { isSchemeHandled, setSchemeHandled } from './scheme-urls.ts';
import { setSchemeHandler } from './scheme-server.ts';
import type { SchemeHandler } from './scheme-server.ts';

let sealed = false;

/** For the lifecycle: the app is ready, so privileges can no longer be registered. */
export function sealSchemes(): void {
  sealed = true;
}

/** Electron's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly Electron.CustomScheme[]): void {
    if (sealed) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) {
        throw new Error(`the stand-in serves only standard, secure schemes, and ${scheme} is not one`);
      }
    }
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (isSchemeHandled(scheme))
      throw new Error('Failed to register protocol: The scheme has been registered');
    setSchemeHandled(scheme, true);
    setSchemeHandler(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!isSchemeHandled(scheme))
      throw new Error('Failed to unhandle protocol: The scheme has not been registered');
    setSchemeHandled(scheme, false);
    setSchemeHandler(scheme, undefined);
  },
  isProtocolHandled: isSchemeHandled,
} satisfies Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>;

// `on` is EventEmitter's; the events are `will-download`.
class Session extends EventEmitter {
  readonly protocol = protocol;

  setPermissionRequestHandler(handler: ((...args: never[]) => unknown) | null): void {
    permissions.setRequestHandler(handler);
  }

  setPermissionCheckHandler(handler: ((...args: never[]) => unknown) | null): void {
    permissions.setCheckHandler(handler);
  }

  /** Kept from being an error only: the browser has no device chooser here, so no page ever gets a device. */
  setDevicePermissionHandler(_handler: ((details: never) => boolean) | null): void {}

  /** Cookies, and everything the pages shown so far have stored. */
  async clearStorageData(): Promise<void> {
    const { root } = await browser();
    const origins = permissions.knownOrigins();
    await Promise.all([
      root.try('Storage.clearCookies'),
      ...origins.map((origin) => root.try('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })),
    ]);
  }

  /** By the switches of the command line alone: what the system is set to is nothing a test may depend on. */
  resolveProxy(url: string): Promise<string> {
    return Promise.resolve(resolveByRules(new URL(url), app.commandLine));
  }
}

/** Electron's default session; there is no other. */
export const defaultSession = new Session();
defaultSession satisfies Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'clearStorageData'
  | 'resolveProxy'
>;

/** Electron's `session`. */
export const session = { defaultSession };
