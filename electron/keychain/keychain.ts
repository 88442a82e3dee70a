import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { troubleOf } from './backend.ts';
import type { BackendKind, KeyBackend, Trouble } from './backend.ts';
import { CALL_LIMIT_MS, oneAtATime } from './one-at-a-time.ts';
import type { GuardedBackend } from './one-at-a-time.ts';
import type { KeyPlaces } from './places.ts';
import { probe } from './probe.ts';
import { nameOf, reason, unreadableHint, whyHere } from './sentences.ts';
import { sessionBackend } from './session-backend.ts';

export interface KeychainOptions {
  /** In order of preference; the session's memory always stands behind them. */
  readonly backends: readonly KeyBackend[];
  readonly places: KeyPlaces;
  /** The backend for new keys has become another. */
  readonly changed: (state: KeychainState) => void;
  /** How long one call may take. Default 4000 ms. */
  readonly limitMs?: number;
  /** How long `open` may take in all. Default 4500 ms; each backend but the last gets two thirds of what is left. */
  readonly openLimitMs?: number;
  readonly platform?: NodeJS.Platform;
}

export interface KeychainState {
  /** Where a new key goes. */
  readonly backend: BackendKind;
  /** A sentence for a person. */
  readonly why: string;
}

export type KeyReading =
  | { readonly kind: 'found'; readonly secret: string; readonly backend: BackendKind }
  | { readonly kind: 'none' }
  /** A key was put somewhere that does not give it back now. `hint` says what to do. */
  | { readonly kind: 'unreadable'; readonly hint: string };

const OPEN_LIMIT_MS = 4500;
const SHARE = 2 / 3;

/** The secrets of this app, each in the safest place that works. Nothing it says or throws holds one. */
export class Keychain {
  readonly #options: KeychainOptions;
  readonly #platform: NodeJS.Platform;
  readonly #session: GuardedBackend;
  readonly #backends: readonly GuardedBackend[];
  /** Backends that failed their probe: not asked again, a locked ring would answer with a prompt. */
  readonly #failed = new Map<BackendKind, Trouble>();
  #chosen: GuardedBackend;
  #because: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: KeychainOptions) {
    this.#options = options;
    this.#platform = options.platform ?? process.platform;
    const limitMs = options.limitMs ?? CALL_LIMIT_MS;
    this.#backends = options.backends.map((backend) => oneAtATime(backend, limitMs));
    this.#session = oneAtATime(sessionBackend(), limitMs);
    this.#chosen = this.#session;
  }

  get state(): KeychainState {
    const { kind } = this.#chosen;
    return { backend: kind, why: whyHere(kind, this.#because, this.#platform) };
  }

  /**
   * A call that was given up still hangs in native code. Such a process does not end by itself or by `exit` (libuv waits
   * for its threads): once everything is written it has to kill itself.
   */
  get stuck(): boolean {
    return this.#backends.some((backend) => backend.stuck);
  }

  /** Chooses the first backend that really works. Never rejects, and takes less than `openLimitMs`. */
  open(): Promise<KeychainState> {
    return this.#inTurn(async () => {
      let left = this.#options.openLimitMs ?? OPEN_LIMIT_MS;
      for (const [index, backend] of this.#backends.entries()) {
        const started = performance.now();
        const share = index === this.#backends.length - 1 ? left : left * SHARE;
        const trouble = await probe(backend, share);
        left -= performance.now() - started;
        if (trouble === null) {
          this.#chosen = backend;
          break;
        }
        this.#failed.set(backend.kind, trouble);
        // The first is the one a person knows and can do something about.
        this.#because ??= reason(backend.kind, trouble, this.#platform);
      }
      return this.state;
    });
  }

  /** Never rejects. */
  read(account: string): Promise<KeyReading> {
    return this.#inTurn(async () => {
      const typed = await this.#session.read(account);
      if (typed !== null) return { kind: 'found', secret: typed, backend: 'session' };
      const place = await this.#placeOf(account);
      // It was in the memory of an earlier session; an older one that may still lie in a keyring must not come back.
      if (place === 'session') return { kind: 'none' };
      return this.#readFrom(account, place);
    });
  }

  /** Takes effect at once, replaces what was there, and answers where it went: the session where nothing better works. */
  write(account: string, secret: string): Promise<Result<BackendKind, AppError>> {
    return this.#inTurn(async () => {
      if (secret === '') return fail(appError('input', 'An empty key cannot be kept'));
      const before = await this.#placeOf(account);
      const wanted = this.#chosen;
      try {
        await wanted.write(account, secret);
      } catch (error) {
        this.#fallBack(troubleOf(error));
        await this.#session.write(account, secret);
      }
      const { kind } = this.#chosen;
      if (kind !== 'session') await this.#session.remove(account);
      // Best effort: what stays behind is not read, for the place says where the new one is. Not in a backend that has
      // just refused; a locked ring would ask for its password.
      if (before !== null && before !== kind && before !== wanted.kind)
        await this.#reachable(before)
          ?.remove(account)
          .catch(() => undefined);
      return (await this.#remember(account, kind)) ? ok(kind) : fail(notRemembered());
    });
  }

  /** Removes the key from wherever it may be; fails when the place it is in cannot be reached. */
  remove(account: string): Promise<Result<null, AppError>> {
    return this.#inTurn(async () => {
      await this.#session.remove(account);
      const place = (await this.#placeOf(account)) ?? this.#chosen.kind;
      if (this.#reachable(place) === null) return fail(this.#notRemoved(place));
      // From all of them; but only what the next `read` would ask must have let go of it.
      const read = new Set([place, this.#chosen.kind]);
      for (const { kind } of this.#backends) {
        const backend = this.#reachable(kind);
        try {
          await backend?.remove(account);
        } catch (error) {
          if (backend !== null) this.#noticeSilence(backend, troubleOf(error));
          if (read.has(kind)) return fail(this.#notRemoved(place));
        }
      }
      return (await this.#remember(account, null)) ? ok(null) : fail(notRemembered());
    });
  }

  async #readFrom(account: string, place: BackendKind | null): Promise<KeyReading> {
    const kind = place ?? this.#chosen.kind;
    const backend = this.#reachable(kind);
    if (backend === null) return this.#unreadable(kind, this.#failed.get(kind) ?? 'no-answer');
    try {
      const secret = await backend.read(account);
      if (secret !== null) return { kind: 'found', secret, backend: kind };
      return place === null ? { kind: 'none' } : this.#unreadable(kind, null);
    } catch (error) {
      const trouble = troubleOf(error);
      this.#noticeSilence(backend, trouble);
      return this.#unreadable(kind, trouble);
    }
  }

  #unreadable(kind: BackendKind, trouble: Trouble | null): KeyReading {
    return { kind: 'unreadable', hint: unreadableHint(kind, trouble, this.#platform) };
  }

  /** A backend that may be asked. */
  #reachable(kind: BackendKind): GuardedBackend | null {
    if (kind === 'session') return this.#session;
    const backend = this.#backends.find((one) => one.kind === kind);
    return backend?.answering === true && !this.#failed.has(kind) ? backend : null;
  }

  #noticeSilence(backend: GuardedBackend, trouble: Trouble): void {
    if (trouble === 'no-answer' && backend === this.#chosen) this.#fallBack(trouble);
  }

  #fallBack(trouble: Trouble): void {
    this.#because = reason(this.#chosen.kind, trouble, this.#platform);
    this.#chosen = this.#session;
    this.#options.changed(this.state);
  }

  #notRemoved(place: BackendKind): AppError {
    return appError('storage', 'The key could not be removed', {
      hint: `It is still in ${nameOf(place, this.#platform)}, which cannot be reached now. Remove it there, or start the app again and remove it here.`,
    });
  }

  #placeOf(account: string): Promise<BackendKind | null> {
    return this.#options.places.get(account).catch(() => null);
  }

  #remember(account: string, place: BackendKind | null): Promise<boolean> {
    return this.#options.places.set(account, place).then(
      () => true,
      () => false,
    );
  }

  /** Two calls about one account must not cross between two backends. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.#last.then(work);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

const notRemembered = (): AppError =>
  appError('storage', 'Where the key is could not be written down', {
    hint: 'It works until the app quits. Check that the disk has room, then enter the key again.',
  });
