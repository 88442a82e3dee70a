import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import type { Kept } from '../history/small-tables.ts';
import type { History } from '../history/history.ts';

interface KeptCopiesOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  /** The server that stands in fal's place; null where fal itself is meant. */
  readonly server: string | null;
}

/**
 * Copies of what a realm's server told, for when it cannot be asked. The demo's needs none: it comes with the program. A
 * local server's copy says whose it is, for the next one may have other models of the same names.
 */
export class KeptCopies {
  readonly #options: KeptCopiesOptions;

  constructor(options: KeptCopiesOptions) {
    this.#options = options;
  }

  async read(realm: Realm, name: string): Promise<Kept | null> {
    if (realm === 'demo') return null;
    const kept = await this.#options.history.kept(name);
    if (realm === 'fal' || kept === null) return kept;
    const { value } = kept;
    const own = isJsonObject(value) && value['server'] === this.#options.server ? value['value'] : undefined;
    return own === undefined ? null : { ...kept, value: own };
  }

  /** `at` in milliseconds since 1970. A disk that refuses costs the next start a read, not this one what was read. */
  async write(realm: Realm, name: string, value: JsonValue, at: number): Promise<void> {
    const { history, server } = this.#options;
    if (realm === 'demo') return;
    await history.keep(name, realm === 'fal' ? value : { server, value }, at).catch(() => undefined);
  }
}
