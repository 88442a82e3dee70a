import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Profile, Profiles } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../fal/connection.ts';
import type { FalConnection } from '../fal/connection.ts';
import { FAL_HOSTS, readLocalHosts } from '../fal/hosts.ts';
import type { FalHosts } from '../fal/hosts.ts';
import type { History } from '../history/history.ts';
import { DEMO_KEY } from './demo-server.ts';
import type { DemoServer } from './demo-server.ts';

export interface ProfileServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  readonly demo: Pick<DemoServer, 'hosts'>;
  /** Address of a fal-compatible server on this computer, from the command line; null for none. */
  readonly localServer: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  readonly userAgent: string;
  readonly changed: (profiles: Profiles) => void;
}

type ProfileId = 'demo' | 'fal' | 'local';
const ACTIVE = 'setting:profile';
/** Header values must be plain printable text; anything else would fail later with a stranger message. */
const KEY = /^[\x21-\x7e]+$/;

/**
 * Where requests go and with which key. The keys live in this object's private memory and leave it only as the
 * credentials of a connection; no list, event or error holds one.
 */
export class ProfileService {
  readonly #options: ProfileServiceOptions;
  readonly #typed = new Map<ProfileId, string>();
  readonly #fromEnvironment: string | null;
  #active: ProfileId;

  constructor(options: ProfileServiceOptions) {
    this.#options = options;
    this.#fromEnvironment = environmentKey(options.environment);
    this.#active = this.#byDefault();
  }

  /** Takes up the profile of the last session, unless the command line named a server. */
  async open(): Promise<void> {
    const kept = await this.#options.history.kept(ACTIVE);
    if (this.#options.localServer === null && this.#isId(kept?.value)) this.#active = kept.value;
  }

  get active(): string {
    return this.#active;
  }

  list(): Profiles {
    return { active: this.#active, profiles: this.#ids().map((id) => this.#describe(id)) };
  }

  async use(id: string): Promise<Result<Profiles, AppError>> {
    if (!this.#isId(id)) return fail(appError('input', 'There is no such profile'));
    this.#active = id;
    await this.#options.history.keep(ACTIVE, id, Date.now());
    return ok(this.#tell());
  }

  /** The key takes effect at once, stays in memory, and the profile becomes the active one. */
  async addKey(id: string, secret: string): Promise<Result<Profiles, AppError>> {
    const key = secret.trim();
    if (!this.#isId(id) || id === 'demo') return fail(appError('input', 'This profile takes no key'));
    if (!KEY.test(key) || key.length > 1000)
      return fail(
        appError('input', 'That does not look like a key', {
          hint: 'A fal key is one piece of text without spaces. Copy it again from your fal dashboard.',
        }),
      );
    this.#typed.set(id, key);
    return this.use(id);
  }

  removeKey(id: string): Result<Profiles, AppError> {
    if (!this.#isId(id)) return fail(appError('input', 'There is no such profile'));
    this.#typed.delete(id);
    return ok(this.#tell());
  }

  /** A connection for the profile, its server started if it is the demo's. */
  async connection(id: string): Promise<Result<FalConnection, AppError>> {
    if (!this.#isId(id)) return fail(appError('input', 'The profile of this run is not here any more'));
    const hosts = await this.#hosts(id);
    if (!hosts.ok) return hosts;
    return ok({
      hosts: hosts.value,
      credentials: () => this.#key(id),
      fetch: this.#options.fetch,
      backoff: DEFAULT_BACKOFF,
      pollInterval: DEFAULT_POLL_INTERVAL,
      userAgent: this.#options.userAgent,
    });
  }

  /** Whether results of this profile may lie on this computer's own addresses. */
  isLocal(id: string): boolean {
    return id !== 'fal';
  }

  async #hosts(id: ProfileId): Promise<Result<FalHosts, AppError>> {
    switch (id) {
      case 'fal':
        return ok(FAL_HOSTS);
      case 'local': {
        const url = this.#options.localServer ?? '';
        const hosts = await readLocalHosts(url, this.#options.fetch);
        if (hosts !== null) return ok(hosts);
        return fail(
          appError('network', 'The local server does not answer', {
            detail: url,
            hint: 'Nothing was sent. Start the server, or choose another profile.',
          }),
        );
      }
      case 'demo':
        try {
          return ok(await this.#options.demo.hosts());
        } catch (error) {
          return fail(
            appError('internal', 'The demo could not start', {
              detail: error instanceof Error ? error.message : String(error),
            }),
          );
        }
    }
  }

  #key(id: ProfileId): string | null {
    return id === 'demo' ? DEMO_KEY : (this.#typed.get(id) ?? this.#fromEnvironment);
  }

  #describe(id: ProfileId): Profile {
    const keySource =
      id === 'demo'
        ? 'built-in'
        : this.#typed.has(id)
          ? 'session'
          : this.#fromEnvironment === null
            ? 'none'
            : 'environment';
    switch (id) {
      case 'demo':
        return {
          id,
          name: 'Demo',
          about: 'A small model on this computer. No key, no cost, no network.',
          keySource,
          takesKey: false,
        };
      case 'fal':
        return { id, name: 'fal', about: 'Every model on fal.ai, with your key.', keySource, takesKey: true };
      case 'local':
        return {
          id,
          name: 'Local server',
          about: this.#options.localServer ?? '',
          keySource,
          takesKey: true,
        };
    }
  }

  #ids(): ProfileId[] {
    return this.#options.localServer === null ? ['fal', 'demo'] : ['fal', 'demo', 'local'];
  }

  #isId(id: unknown): id is ProfileId {
    return this.#ids().some((known) => known === id);
  }

  #byDefault(): ProfileId {
    if (this.#options.localServer !== null) return 'local';
    return this.#fromEnvironment === null ? 'demo' : 'fal';
  }

  #tell(): Profiles {
    const profiles = this.list();
    this.#options.changed(profiles);
    return profiles;
  }
}

/** FAL_KEY wins as soon as it is there; else FAL_KEY_ID with FAL_KEY_SECRET (fal-protocol §1.2). */
function environmentKey(environment: Readonly<Record<string, string | undefined>>): string | null {
  const { FAL_KEY: key, FAL_KEY_ID: id, FAL_KEY_SECRET: secret } = environment;
  const whole = key?.trim() ?? '';
  const [first, second] = [id?.trim() ?? '', secret?.trim() ?? ''];
  const found = whole !== '' ? whole : first !== '' && second !== '' ? `${first}:${second}` : '';
  return KEY.test(found) ? found : null;
}
