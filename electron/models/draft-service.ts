import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { DraftPlace } from '../../shared/ipc/drafts.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import type { History } from '../history/history.ts';

interface DraftServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  /** Each realm has models of its own, so each remembers its own last one. */
  readonly activeRealm: () => Realm;
}

/** What was typed for each model and not yet run. Kept for all profiles alike: a prompt is a prompt. */
export class DraftService {
  readonly #options: DraftServiceOptions;

  constructor(options: DraftServiceOptions) {
    this.#options = options;
  }

  async open(endpointId: string, place: DraftPlace): Promise<JsonObject | null> {
    await this.#options.history.keep(this.#lastOf(place), endpointId, Date.now());
    return this.kept(endpointId);
  }

  /** Opens nothing. */
  async kept(endpointId: string): Promise<JsonObject | null> {
    const kept = await this.#options.history.kept(`draft:${endpointId}`);
    return isJsonObject(kept?.value) ? kept.value : null;
  }

  async save(endpointId: string, input: JsonObject): Promise<void> {
    await this.#options.history.keep(`draft:${endpointId}`, input, Date.now());
  }

  async last(place: DraftPlace): Promise<string | null> {
    const kept = await this.#options.history.kept(this.#lastOf(place));
    return typeof kept?.value === 'string' ? kept.value : null;
  }
  #lastOf(place: DraftPlace): string {
    const realm = this.#options.activeRealm();
    return place === 'playground' ? `setting:model:${realm}` : `setting:model:${place}:${realm}`;
  }
}
