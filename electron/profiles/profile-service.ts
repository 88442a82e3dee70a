import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import type { AddedKey, Profile, Profiles, Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { testKey } from '../fal/account.ts';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../fal/connection.ts';
import type { FalConnection } from '../fal/connection.ts';
import { isLoopback } from '../fal/hosts.ts';
import type { FalHosts } from '../fal/hosts.ts';
import type { History } from '../history/history.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { DEMO_KEY } from './demo-server.ts';
import type { DemoServer } from './demo-server.ts';
import { KeyStore } from './key-store.ts';
import type { NamedKey } from './key-store.ts';
import { environmentKey, readKey } from './key-text.ts';
import type { EnvironmentKey } from './key-text.ts';
import { demoHosts, hostsOf } from './realm-hosts.ts';

export interface ProfileServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  readonly keychain: Pick<Keychain, 'read' | 'write' | 'remove' | 'state'>;
  readonly demo: Pick<DemoServer, 'hosts'>;
  /** Address of a fal-compatible server on this computer, from the command line; null for fal itself. */
  readonly localServer: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly transport: Pick<FalConnection, 'fetch' | 'agentFor'>;
  readonly userAgent: string;
  readonly changed: (profiles: Profiles) => void;
}

/** Milliseconds fal may take to judge a key; after that it is stored untested. */
const TEST_LIMIT = 10_000;

/**
 * The ids that are no named keys. A run carries its profile's id for good, so a local server's must not read like
 * fal's: followed at the wrong one of both, every run would be unknown.
 */
const FIXED = {
  fal: { keyless: 'fal', environment: 'environment', active: 'setting:profile' },
  local: { keyless: 'local', environment: 'local:environment', active: 'setting:profile:local' },
} as const;

/**
 * Where requests go and with which key. The keys live in private memory here and leave it only as the credentials of a
 * connection; no list, event or error holds one.
 */
export class ProfileService {
  readonly #options: ProfileServiceOptions;
  readonly #keys: KeyStore;
  readonly #realm: NamedKey['realm'];
  readonly #environment: EnvironmentKey | null;
  #active: string;

  constructor(options: ProfileServiceOptions) {
    this.#options = options;
    this.#keys = new KeyStore(options);
    this.#realm = options.localServer === null ? 'fal' : 'local';
    this.#environment = environmentKey(options.environment);
    this.#active = this.#byDefault();
  }

  /** Reads the list of keys and takes up the profile of the last session. The keychain is asked behind it: it may take its time. */
  async open(): Promise<void> {
    await this.#keys.open();
    const kept = await this.#options.history.kept(FIXED[this.#realm].active);
    this.#active =
      typeof kept?.value === 'string' && this.#isListed(kept.value) ? kept.value : this.#byDefault();
    void this.#readAll();
  }

  get active(): string {
    return this.#active;
  }

  /** Whose models the active profile sees. */
  get activeRealm(): Realm {
    return this.#active === 'demo' ? 'demo' : this.#realm;
  }

  list(): Profiles {
    const { backend, why } = this.#options.keychain.state;
    return {
      active: this.#active,
      profiles: this.#profiles(),
      keychain: { backend, why },
      server: this.#options.localServer,
    };
  }

  /** What a profile is called, also one whose key was removed; its id where nobody knows. */
  nameOf(id: string): string {
    const listed = this.#profiles().find((profile) => profile.id === id);
    return listed?.name ?? this.#keys.find(id)?.name ?? id;
  }

  /** Tells the window how things stand, for what changes outside of here. */
  tell(): Profiles {
    const profiles = this.list();
    this.#options.changed(profiles);
    return profiles;
  }

  async use(id: string): Promise<Result<Profiles, AppError>> {
    if (!this.#isListed(id)) return fail(appError('input', 'There is no such profile'));
    void this.#testAgain(id);
    return ok(await this.#activate(id));
  }

  /** Shape first, then fal's word on it, then the keychain: a key that is refused is stored nowhere. */
  async addKey(request: CommandRequest<'keys.add'>): Promise<Result<AddedKey, AppError>> {
    const secret = readKey(request.secret);
    if (!secret.ok) return secret;
    const tested = await this.#test(secret.value);
    if (!tested.ok) return tested;
    const known = tested.value === 'accepted';
    const { name, replaces } = request;
    const added =
      replaces === null
        ? await this.#keys.add({ name, secret: secret.value, realm: this.#realm, tested: known })
        : await this.#keys.replace(replaces, secret.value, known);
    if (!added.ok) return added;
    const profiles = replaces === null ? await this.#activate(added.value.id) : this.tell();
    return ok({ ...profiles, tested: tested.value });
  }

  async renameKey(id: string, name: string): Promise<Result<Profiles, AppError>> {
    const renamed = await this.#keys.rename(id, name);
    return renamed.ok ? ok(this.tell()) : renamed;
  }

  async removeKey(id: string): Promise<Result<Profiles, AppError>> {
    const removed = await this.#keys.remove(id);
    if (!removed.ok) {
      // Its secret may be gone though the list could not be written.
      this.tell();
      return removed;
    }
    // Where requests go stays the same; only the key is another one, or none.
    return ok(this.#active === id ? await this.#activate(this.#firstOfRealm()) : this.tell());
  }

  /** A connection for the profile, its server started if it is the demo's. */
  async connection(id: string): Promise<Result<FalConnection, AppError>> {
    const credentials = await this.#credentials(id);
    if (!credentials.ok) return credentials;
    const hosts = await this.#hosts(id);
    return hosts.ok ? ok(this.#connect(hosts.value, credentials.value)) : hosts;
  }

  /** Whether this profile's server is on this computer. */
  isLocal(id: string): boolean {
    const { keyless, environment } = FIXED.local;
    return id === 'demo' || id === keyless || id === environment || this.#keys.find(id)?.realm === 'local';
  }

  /**
   * Whether a result's address is on this computer and of the profile's own server. A run may come from somebody else's export,
   * and would have any other server here asked.
   */
  async isOwnAddress(id: string, address: string): Promise<boolean> {
    const url = URL.parse(address);
    if (url === null || !isLoopback(url) || !this.isLocal(id)) return false;
    const { localServer } = this.#options;
    // Also while it is away: that is for the download to say.
    if (id !== 'demo' && localServer !== null && URL.parse(localServer)?.origin === url.origin) return true;
    const hosts = await this.#hosts(id);
    return hosts.ok && Object.values(hosts.value).some((base) => URL.parse(base)?.origin === url.origin);
  }

  async #activate(id: string): Promise<Profiles> {
    this.#active = id;
    await this.#options.history.keep(FIXED[this.#realm].active, id, Date.now());
    return this.tell();
  }

  async #credentials(id: string): Promise<Result<() => string | null, AppError>> {
    if (id === 'demo') return ok(() => DEMO_KEY);
    const key = this.#keys.find(id);
    const realm = key?.realm ?? (this.isLocal(id) ? 'local' : 'fal');
    const { keyless, environment } = FIXED[realm];
    if (key === undefined && id !== keyless && id !== environment)
      return fail(appError('input', 'The key of this run is not known here any more'));
    if (key !== undefined && key.removedAt !== null)
      return fail(
        appError('input', 'The key of this run was removed', {
          hint: `Add it again as “${key.name}” to follow the run.`,
        }),
      );
    if (realm !== this.#realm) return fail(elsewhere(realm));
    if (key !== undefined) return ok(await this.#keys.credentials(id));
    if (id === keyless) return ok(() => null);
    const secret = this.#environment?.secret;
    return secret === undefined
      ? fail(
          appError('input', 'The key of this run came from the environment and is not there now', {
            hint: 'Start the app with the same FAL_KEY to follow the run.',
          }),
        )
      : ok(() => secret);
  }

  /** Of the profile, or of all but the demo. */
  #hosts(id: string | null = null): Promise<Result<FalHosts, AppError>> {
    if (id === 'demo') return demoHosts(this.#options.demo);
    return hostsOf(this.#options.localServer, this.#options.transport.fetch);
  }

  #connect(hosts: FalHosts, credentials: () => string | null): FalConnection {
    const { transport, userAgent } = this.#options;
    const [backoff, pollInterval] = [DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL];
    return { hosts, credentials, ...transport, backoff, pollInterval, userAgent };
  }

  async #test(secret: string): Promise<Result<'accepted' | 'untested', AppError>> {
    const hosts = await this.#hosts();
    if (!hosts.ok) return ok('untested');
    return testKey(
      this.#connect(hosts.value, () => secret),
      AbortSignal.timeout(TEST_LIMIT),
    );
  }

  /** A key that could not be shown to fal when it was added is shown when it is taken up again. */
  async #testAgain(id: string): Promise<void> {
    if (this.#keys.find(id)?.tested !== false) return;
    const secret = (await this.#keys.credentials(id))();
    if (secret === null) return;
    const tested = await this.#test(secret);
    // A refusal is told by the first run, with what can be done there.
    if (!tested.ok || tested.value !== 'accepted') return;
    await this.#keys.setTested(id);
    this.tell();
  }

  /** Reads what the list has to say of each key, and says it where it is not what was supposed. */
  async #readAll(): Promise<void> {
    for (const { id } of this.#keys.list(this.#realm)) {
      await this.#keys.credentials(id);
      if (this.#keys.state(id).kind !== 'ready') this.tell();
    }
    await this.#testAgain(this.#active);
  }

  #profiles(): Profile[] {
    const realm = this.#realm;
    const keys = this.#keys.list(realm).map(({ id, name, addedAt, tested }): Profile => ({
      kind: 'key',
      id,
      name,
      realm,
      addedAt,
      tested,
      state: this.#keys.state(id),
    }));
    const { environment, keyless } = FIXED[realm];
    const others: Profile[] = [{ kind: 'demo', id: 'demo', name: 'Demo', realm: 'demo' }];
    if (this.#environment !== null) {
      const { variables } = this.#environment;
      others.unshift({ kind: 'environment', id: environment, name: 'Environment', realm, variables });
    } else if (keys.length === 0)
      others.unshift({
        kind: 'keyless',
        id: keyless,
        name: realm === 'fal' ? 'fal' : 'Local server',
        realm,
      });
    return [...keys, ...others];
  }

  #isListed(id: string): boolean {
    return this.#profiles().some((profile) => profile.id === id);
  }

  #firstOfRealm(): string {
    return this.#profiles()[0]?.id ?? 'demo';
  }

  /** Without any key the demo is what works; the command line's server was asked for, key or not. */
  #byDefault(): string {
    const [first] = this.#profiles();
    return this.#realm === 'fal' && first?.kind === 'keyless' ? 'demo' : this.#firstOfRealm();
  }
}

function elsewhere(realm: NamedKey['realm']): AppError {
  return realm === 'local'
    ? appError('input', 'This run is on a local server', {
        hint: 'Start the app with that server (--hosts) to follow it.',
      })
    : appError('input', 'This run is at fal, and the app talks to a local server', {
        hint: 'It goes on there. Start the app without --hosts to follow it.',
      });
}
