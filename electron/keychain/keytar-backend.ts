import * as z from 'zod';
import { BackendError } from './backend.ts';
import type { KeyBackend, Trouble } from './backend.ts';
import { busTrouble } from './session-bus.ts';

export const SERVICE = 'fal Playground';
/** A variable and not a literal: keytar is an optional dependency, and types and bundle must do without it. */
const MODULE: string = 'keytar';

/** What is used of keytar. `findCredentials` is not: it asks for every secret of the service at once, prompts and all. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, secret: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeytarOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** The name the entries stand under in the keyring. */
  readonly service?: string;
  /** Answers the module; rejects where it is not installed or cannot be loaded. */
  readonly load?: () => Promise<Keytar>;
  /** Answers why the keyring must not be asked now; null when it may be. */
  readonly check?: () => Promise<Trouble | null>;
}

/**
 * The system's keyring: macOS' keychain, Windows' Credential Manager, a Secret Service on Linux. Nothing is loaded and
 * nothing asked before the first call. Its calls have no time limit of their own; `oneAtATime` gives them one.
 */
export function keytarBackend(options: KeytarOptions = {}): KeyBackend {
  const { environment = process.env, platform = process.platform, service = SERVICE } = options;
  const { load = loadKeytar, check = () => busTrouble(environment) } = options;
  let ready: Promise<Keytar> | null = null;

  const prepare = async (): Promise<Keytar> => {
    const trouble = platform === 'linux' ? await check() : null;
    if (trouble !== null) throw new BackendError(trouble);
    return load().catch(() => {
      throw new BackendError('absent');
    });
  };
  const call = async <T>(work: (keytar: Keytar) => Promise<T>): Promise<T> => {
    ready ??= prepare();
    const keytar = await ready;
    try {
      return await work(keytar);
    } catch (error) {
      throw new BackendError(troubleIn(error));
    }
  };

  return {
    kind: 'keytar',
    read: (account) => call((keytar) => keytar.getPassword(service, account)),
    write: (account, secret) => call((keytar) => keytar.setPassword(service, account, secret)),
    remove: async (account) => {
      await call((keytar) => keytar.deletePassword(service, account));
    },
  };
}

const isFunction = (value: unknown): boolean => typeof value === 'function';
const keytarSchema = z.object({
  getPassword: z.custom<Keytar['getPassword']>(isFunction),
  setPassword: z.custom<Keytar['setPassword']>(isFunction),
  deletePassword: z.custom<Keytar['deletePassword']>(isFunction),
});

async function loadKeytar(): Promise<Keytar> {
  const loaded: unknown = await import(MODULE);
  return z.object({ default: keytarSchema }).parse(loaded).default;
}

/** libsecret's and GDBus' own words, as seen from a real gnome-keyring (test/keyring). */
const WORDS: readonly (readonly [RegExp, Trouble])[] = [
  [/autolaunch D-Bus|Could not connect|Connection refused|connection is closed/i, 'no-bus'],
  [/not provided by any|ServiceUnknown|NameHasNoOwner|Spawn\./i, 'no-service'],
  // A ring that was never made has no place to write to; like a locked one, the desktop has to open it first.
  [/locked|does not exist at path|dismissed|IsLocked/i, 'locked'],
];

function troubleIn(error: unknown): Trouble {
  const message = error instanceof Error ? error.message : '';
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? 'refused';
}
