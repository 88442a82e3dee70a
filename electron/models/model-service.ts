import * as z from 'zod';
import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonValue } from '../../shared/json.ts';
import { modelSchema } from '../../shared/ipc/models.ts';
import type { Catalogue, Model, Price } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { readCatalogue } from '../fal/catalogue.ts';
import type { CatalogueEntry } from '../fal/catalogue.ts';
import type { FalConnection } from '../fal/connection.ts';
import { readDocument } from '../fal/document.ts';
import { readPrice } from '../fal/pricing.ts';
import type { History } from '../history/history.ts';

export interface ModelServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  readonly activeProfile: () => string;
  /** Whose models the active profile sees. fal's are the same for every key, and kept; the others' are here anyway. */
  readonly activeRealm: () => Realm;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
  readonly changed: (catalogue: Catalogue) => void;
}

const HOUR = 3_600_000;
const FRESH_CATALOGUE = HOUR;
const FRESH_DOCUMENT = 24 * HOUR;

/** The models of the active realm, their schemas and prices; kept on disk so that the picker and the forms work offline. */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #prices = new Map<string, Price | null>();
  readonly #refreshing = new Map<string, Promise<Catalogue>>();

  constructor(options: ModelServiceOptions) {
    this.#options = options;
  }

  /** What is kept, at once; where nothing is, the first read. A kept list that is older than an hour is read anew behind it. */
  async list(): Promise<Catalogue> {
    const kept = await this.#kept(this.#options.activeRealm());
    if (kept === null) return this.refresh();
    if (Date.now() - (kept.readAt ?? 0) > FRESH_CATALOGUE) void this.refresh();
    return kept;
  }

  /** Reads the catalogue from fal; a failure comes with the models kept from before. */
  refresh(): Promise<Catalogue> {
    const profileId = this.#options.activeProfile();
    const going = this.#refreshing.get(profileId);
    if (going !== undefined) return going;
    const read = this.#read(profileId, this.#options.activeRealm()).finally(() =>
      this.#refreshing.delete(profileId),
    );
    this.#refreshing.set(profileId, read);
    return read;
  }

  /** The endpoint's OpenAPI document; one read within a day is not asked for again, and an older one serves offline. */
  async document(endpointId: string): Promise<Result<JsonValue, AppError>> {
    const id = parseEndpointId(endpointId);
    if (id === null) return fail(notAnId(endpointId));
    const profileId = this.#options.activeProfile();
    const realm = this.#options.activeRealm();
    const name = `schema:${realm}:${fullPath(id)}`;
    // The demo's own schema comes with the program, and a local server's may change at any time.
    const kept = realm === 'fal' ? await this.#options.history.kept(name) : null;
    if (kept !== null && Date.now() - kept.at < FRESH_DOCUMENT) return ok(kept.value);
    const connection = await this.#options.connection(profileId);
    const read = connection.ok
      ? await readDocument(connection.value, id, AbortSignal.timeout(30_000))
      : connection;
    if (!read.ok) return kept === null ? read : ok(kept.value);
    if (realm === 'fal') await this.#keep(name, read.value, Date.now());
    return read;
  }

  /** The price of a unit; null where none is known, for a cost not known is left blank. */
  async price(endpointId: string): Promise<Price | null> {
    const id = parseEndpointId(endpointId);
    const profileId = this.#options.activeProfile();
    const connection = await this.#options.connection(profileId);
    if (id === null || !connection.ok || connection.value.credentials() === null) return null;
    // By profile: an account may have prices of its own.
    const name = `${profileId}:${fullPath(id)}`;
    const known = this.#prices.get(name);
    if (known !== undefined) return known;
    const read = await readPrice(connection.value, id, AbortSignal.timeout(10_000));
    if (!read.ok) return null;
    const price = read.value && {
      amount: read.value.unit_price,
      unit: read.value.unit,
      currency: read.value.currency,
    };
    this.#prices.set(name, price);
    return price;
  }

  async #read(profileId: string, realm: Realm): Promise<Catalogue> {
    const connection = await this.#options.connection(profileId);
    const entries = connection.ok
      ? await readCatalogue(connection.value, AbortSignal.timeout(60_000))
      : connection;
    const catalogue: Catalogue = entries.ok
      ? { realm, models: entries.value.map(toModel), readAt: Date.now(), error: null }
      : {
          ...((await this.#kept(realm)) ?? { realm, models: [], readAt: null }),
          error: entries.error,
        };
    if (entries.ok) await this.#keep(`catalogue:${realm}`, catalogue.models, catalogue.readAt ?? 0);
    this.#options.changed(catalogue);
    return catalogue;
  }

  /** A disk that refuses costs the next start a read, not this one its models. */
  async #keep(name: string, value: JsonValue, at: number): Promise<void> {
    await this.#options.history.keep(name, value, at).catch(() => undefined);
  }

  async #kept(realm: Realm): Promise<Catalogue | null> {
    if (realm !== 'fal') return null;
    const kept = await this.#options.history.kept(`catalogue:${realm}`);
    const models = z.array(modelSchema).safeParse(kept?.value);
    return kept !== null && models.success
      ? { realm, models: models.data, readAt: kept.at, error: null }
      : null;
  }
}

function toModel(entry: CatalogueEntry): Model {
  const { metadata } = entry;
  return {
    endpointId: entry.endpoint_id,
    name: metadata.display_name || entry.endpoint_id,
    category: metadata.category,
    description: metadata.description,
    tags: metadata.tags,
    deprecated: metadata.status === 'deprecated',
  };
}

function notAnId(endpointId: string): AppError {
  return appError('input', 'This is not a model id', {
    detail: endpointId,
    hint: 'A model id looks like fal-ai/flux/dev.',
  });
}
