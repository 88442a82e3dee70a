import type { KeyProfile, Profile, Profiles } from '../../shared/ipc/profiles.ts';
import { directly, hostsAt, value } from '../fal/fal.fixture.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { History } from '../history/history.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { BackendError } from '../keychain/backend.ts';
import type { KeyBackend } from '../keychain/backend.ts';
import { Keychain } from '../keychain/keychain.ts';
import { placesIn } from '../keychain/places.ts';
import { ProfileService } from './profile-service.ts';
import type { ProfileServiceOptions } from './profile-service.ts';

/** What the tests of profiles share; nothing the app ships imports it. */

export const SECRET = 'id-1234:secret-5678';
export const OTHER = 'id-9999:secret-0000';

/** A keyring in memory that outlives the services on it, and can be locked. */
export function keyring() {
  const secrets = new Map<string, string>();
  let locked = false;
  let reads = 0;
  const open = (): void => {
    if (locked) throw new BackendError('locked');
  };
  const backend: KeyBackend = {
    kind: 'keytar',
    read: async (account) => {
      open();
      if (account.startsWith('key:')) reads += 1;
      return secrets.get(account) ?? null;
    },
    write: async (account, secret) => {
      open();
      secrets.set(account, secret);
    },
    remove: async (account) => {
      open();
      secrets.delete(account);
    },
  };
  return {
    secrets,
    backend,
    lock: () => {
      locked = true;
    },
    /** How often a key was asked for. */
    asked: () => reads,
  };
}

export type Ring = ReturnType<typeof keyring>;

interface Beginning extends Partial<ProfileServiceOptions> {
  readonly ring?: Ring | null;
  readonly history?: History;
}

/** fal itself is not asked by tests; what is known of this one is that nobody answers. */
export const offline: Fetch = () => Promise.reject(new TypeError('fetch failed'));

/** A service on a real database and a real keychain, as `main.ts` builds it. */
export async function begin({ ring = keyring(), history: given, ...over }: Beginning = {}) {
  const history = given ?? (await tempHistory()).history;
  const told: Profiles[] = [];
  const keychain = new Keychain({
    backends: ring === null ? [] : [ring.backend],
    places: placesIn(history),
    changed: () => service.tell(),
    platform: 'linux',
  });
  const service: ProfileService = new ProfileService({
    history,
    keychain,
    demo: { hosts: () => Promise.resolve(hostsAt('http://127.0.0.1:1')) },
    localServer: null,
    environment: {},
    transport: { fetch: over.localServer === undefined ? offline : directly },
    userAgent: 'test/0',
    changed: (profiles) => told.push(profiles),
    ...over,
  });
  await keychain.open();
  await service.open();
  return { service, keychain, told, history, ring };
}

export const add = (service: ProfileService, name: string, secret: string, replaces: string | null = null) =>
  service.addKey({ name, secret, replaces });

/** The credentials a request of this profile would carry now. */
export const keyOf = async (service: ProfileService, id: string): Promise<string | null> =>
  value(await service.connection(id)).credentials();

export const named = (service: ProfileService): KeyProfile[] =>
  service.list().profiles.filter((profile) => profile.kind === 'key');

export const kinds = (service: ProfileService): Profile['kind'][] =>
  service.list().profiles.map((profile) => profile.kind);
