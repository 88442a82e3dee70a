import { BackendError } from './backend.ts';
import type { BackendKind, KeyBackend, Trouble } from './backend.ts';
import type { KeyPlaces } from './places.ts';
import { sessionBackend } from './session-backend.ts';

export interface TestBackend extends KeyBackend {
  /** What every call rejects with from now on; `hang` for no answer at all; null for none. */
  trouble: Trouble | 'hang' | null;
  /** What every read answers, as a locked ring does. */
  forgets: boolean;
  readonly calls: string[];
}

/** A backend in memory whose failures a test chooses. It outlives a `Keychain`, as a keyring outlives the app. */
export function testBackend(kind: BackendKind, trouble: TestBackend['trouble'] = null): TestBackend {
  const memory = sessionBackend();
  const backend: TestBackend = {
    kind,
    trouble,
    forgets: false,
    calls: [],
    read: (account) => answer('read', account, async () => (backend.forgets ? null : memory.read(account))),
    write: (account, secret) => answer('write', account, () => memory.write(account, secret)),
    remove: (account) => answer('remove', account, () => memory.remove(account)),
  };
  const answer = async <T>(name: string, account: string, work: () => Promise<T>): Promise<T> => {
    backend.calls.push(`${name} ${account.split(' ')[0] ?? ''}`);
    if (backend.trouble === 'hang') return new Promise<T>(() => undefined);
    if (backend.trouble !== null) throw new BackendError(backend.trouble);
    return work();
  };
  return backend;
}

export function placesInMemory(): KeyPlaces & { readonly all: Map<string, BackendKind> } {
  const all = new Map<string, BackendKind>();
  return {
    all,
    get: async (account) => all.get(account) ?? null,
    set: async (account, place) => {
      if (place === null) all.delete(account);
      else all.set(account, place);
    },
  };
}
