import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { KeyState } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from '../history/history.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { readName, uniqueName } from './key-text.ts';

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  realm: z.enum(['fal', 'local']),
  addedAt: z.int(),
  tested: z.boolean(),
  /** A removed key's id is kept without its secret: runs carry it, and adding the key again finds them. */
  removedAt: z.int().nullable(),
});
export type NamedKey = z.infer<typeof keySchema>;

export interface NewKey {
  readonly name: string;
  readonly secret: string;
  readonly realm: NamedKey['realm'];
  readonly tested: boolean;
}

export interface KeyStoreOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  readonly keychain: Pick<Keychain, 'read' | 'write' | 'remove'>;
}

/** A secret in memory. Connections ask it at every request, so that what becomes of a key reaches those that are open. */
interface Held {
  secret: string | null;
  state: KeyState;
  /** Settles when the keychain has answered. */
  readonly read: Promise<void>;
}

const INDEX = 'setting:keys';
const NO_SUCH_KEY = appError('input', 'There is no such key');
/** Names that belong to profiles which are no keys. */
const RESERVED = ['Environment', 'Demo'];

/** The keys by what they are called, without their secrets; also those that were removed. */
export async function keptKeys(history: Pick<History, 'kept'>): Promise<readonly NamedKey[]> {
  const kept = await history.kept(INDEX);
  // An entry of a newer version that cannot be read is left out, not the others with it.
  const entries = z.array(z.unknown()).safeParse(kept?.value);
  return (entries.data ?? []).flatMap((entry) => keySchema.safeParse(entry).data ?? []);
}

/** The named keys: what they are called in the database, their secrets in the keychain, read once and then in memory. */
export class KeyStore {
  readonly #options: KeyStoreOptions;
  readonly #held = new Map<string, Held>();
  #keys: readonly NamedKey[] = [];

  constructor(options: KeyStoreOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#keys = await keptKeys(this.#options.history);
  }

  list(realm: NamedKey['realm']): readonly NamedKey[] {
    return this.#keys.filter((key) => key.realm === realm && key.removedAt === null);
  }

  /** Also those that were removed. */
  find(id: string): NamedKey | undefined {
    return this.#keys.find((key) => key.id === id);
  }

  state(id: string): KeyState {
    return this.#held.get(id)?.state ?? { kind: 'ready' };
  }

  /** The secret as it is at the moment of asking; null while it has to be entered again, and once it was removed. */
  async credentials(id: string): Promise<() => string | null> {
    const held = this.#held.get(id) ?? this.#read(id);
    await held.read;
    return () => held.secret;
  }

  /** A name that is taken gets a number; a removed key of the same name comes back as itself. */
  async add({ name, secret, realm, tested }: NewKey): Promise<Result<NamedKey, AppError>> {
    const wanted = readName(name.trim() === '' ? 'fal' : name);
    if (!wanted.ok) return wanted;
    const free = this.#free(wanted.value, realm, null);
    const before = this.#keys.find(
      (key) => key.realm === realm && key.removedAt !== null && sameName(key.name, free),
    );
    const id = before?.id ?? `key:${randomUUID()}`;
    const written = await this.#options.keychain.write(id, secret);
    if (!written.ok) return written;
    // Asked again: another key may have taken the name while the keychain was writing.
    const still = this.#free(wanted.value, realm, id);
    const key: NamedKey = { id, name: still, realm, addedAt: Date.now(), tested, removedAt: null };
    const saved = await this.#save([...this.#keys.filter((other) => other.id !== id), key]);
    if (!saved.ok) {
      // A secret that no list names could never be removed again.
      await this.#options.keychain.remove(id);
      return saved;
    }
    this.#hold(id, secret);
    return ok(key);
  }

  /** Another secret under the same name. */
  async replace(id: string, secret: string, tested: boolean): Promise<Result<NamedKey, AppError>> {
    const known = this.#present(id);
    if (known === undefined) return fail(NO_SUCH_KEY);
    const written = await this.#options.keychain.write(id, secret);
    if (!written.ok) return written;
    this.#hold(id, secret);
    const key = { ...known, addedAt: Date.now(), tested };
    const saved = await this.#save(this.#with(key));
    return saved.ok ? ok(key) : saved;
  }

  async rename(id: string, name: string): Promise<Result<null, AppError>> {
    const key = this.#present(id);
    if (key === undefined) return fail(NO_SUCH_KEY);
    const wanted = readName(name);
    if (!wanted.ok) return wanted;
    return this.#save(this.#with({ ...key, name: this.#free(wanted.value, key.realm, id) }));
  }

  /** The keychain first: where it refuses, the key stays listed, and can be removed again. */
  async remove(id: string): Promise<Result<null, AppError>> {
    const key = this.#present(id);
    if (key === undefined) return fail(NO_SUCH_KEY);
    const removed = await this.#options.keychain.remove(id);
    if (!removed.ok) return removed;
    this.#drop(id);
    return this.#save(this.#with({ ...key, removedAt: Date.now() }));
  }

  async setTested(id: string): Promise<void> {
    const key = this.#present(id);
    if (key !== undefined) await this.#save(this.#with({ ...key, tested: true }));
  }

  #present(id: string): NamedKey | undefined {
    const key = this.find(id);
    return key?.removedAt === null ? key : undefined;
  }

  #free(name: string, realm: NamedKey['realm'], own: string | null): string {
    const others = this.list(realm).filter((key) => key.id !== own);
    return uniqueName(name, [...RESERVED, ...others.map((key) => key.name)]);
  }

  #with(key: NamedKey): readonly NamedKey[] {
    return this.#keys.map((other) => (other.id === key.id ? key : other));
  }

  #hold(id: string, secret: string): void {
    const held = this.#held.get(id);
    if (held === undefined) this.#held.set(id, { secret, state: { kind: 'ready' }, read: Promise.resolve() });
    else Object.assign(held, { secret, state: { kind: 'ready' } });
  }

  /** Not only out of the map: connections hold the same object. It stays, for the key may be added again. */
  #drop(id: string): void {
    const held = this.#held.get(id);
    if (held !== undefined) Object.assign(held, { secret: null, state: { kind: 'missing' } });
  }

  #read(id: string): Held {
    const { promise: read, resolve } = Promise.withResolvers<void>();
    const held: Held = { secret: null, state: { kind: 'ready' }, read };
    this.#held.set(id, held);
    void this.#options.keychain
      .read(id)
      .then((reading) => {
        // Entered again while the keychain was still thinking: what was entered counts.
        if (held.secret !== null) return;
        if (reading.kind === 'found') held.secret = reading.secret;
        else
          held.state =
            reading.kind === 'none' ? { kind: 'missing' } : { kind: 'unreadable', hint: reading.hint };
      })
      .catch(() => {
        held.state = { kind: 'unreadable', hint: '' };
      })
      .finally(resolve);
    return held;
  }

  async #save(keys: readonly NamedKey[]): Promise<Result<null, AppError>> {
    const before = this.#keys;
    this.#keys = keys;
    try {
      await this.#options.history.keep(INDEX, [...keys], Date.now());
      return ok(null);
    } catch (error) {
      this.#keys = before;
      return fail(
        appError('storage', 'The list of keys could not be written', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'Make room on the disk, then try again.',
        }),
      );
    }
  }
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
