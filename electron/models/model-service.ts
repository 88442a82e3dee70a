import * as z from 'zod';
import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonValue } from '../../shared/json.ts';
import { modelSchema } from '../../shared/ipc/models.ts';
import type { Catalogue, Model } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { readCatalogue } from '../fal/catalogue.ts';
import type { CatalogueEntry } from '../fal/catalogue.ts';
import type { FalConnection } from '../fal/connection.ts';
import { readDocument } from '../fal/document.ts';
import type { KeptCopies } from './kept-copies.ts';

export interface ModelServiceOptions {
  readonly copies: KeptCopies;
  readonly activeProfile: () => string;
  /** Whose models the active profile sees; fal's are the same for every key. */
  readonly activeRealm: () => Realm;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
  readonly changed: (catalogue: Catalogue) => void;
}

const HOUR = 3_600_000;
const FRESH_CATALOGUE = HOUR;
const FRESH_DOCUMENT = 24 * HOUR;

/** The models of the active realm and their schemas; copies are kept so that the browser and the forms work offline. */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #refreshing = new Map<string, Promise<Catalogue>>();

  constructor(options: ModelServiceOptions) {
    this.#options = options;
  }

  /**
   * What is kept of fal's, at once; where nothing is, the first read. A kept list that is older than an hour is read anew
   * behind it. A local server is asked each time: its models may change at any moment.
   */
  async list(): Promise<Catalogue> {
    const realm = this.#options.activeRealm();
    const kept = realm === 'fal' ? await this.#kept(realm) : null;
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

  /** The endpoint's OpenAPI document; one of fal's read within a day is not asked for again, and an older one serves offline. */
  async document(endpointId: string): Promise<Result<JsonValue, AppError>> {
    const id = parseEndpointId(endpointId);
    if (id === null) return fail(notAnId(endpointId));
    const profileId = this.#options.activeProfile();
    const realm = this.#options.activeRealm();
    const name = `schema:${realm}:${fullPath(id)}`;
    const kept = await this.#options.copies.read(realm, name);
    if (realm === 'fal' && kept !== null && Date.now() - kept.at < FRESH_DOCUMENT) return ok(kept.value);
    const connection = await this.#options.connection(profileId);
    const read = connection.ok
      ? await readDocument(connection.value, id, AbortSignal.timeout(30_000))
      : connection;
    if (!read.ok) return kept === null ? read : ok(kept.value);
    await this.#options.copies.write(realm, name, read.value, Date.now());
    return read;
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
    if (entries.ok)
      await this.#options.copies.write(realm, `catalogue:${realm}`, catalogue.models, catalogue.readAt ?? 0);
    this.#options.changed(catalogue);
    return catalogue;
  }

  async #kept(realm: Realm): Promise<Catalogue | null> {
    const kept = await this.#options.copies.read(realm, `catalogue:${realm}`);
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
    addedAt: Date.parse(metadata.date) || null,
  };
}

function notAnId(endpointId: string): AppError {
  return appError('input', 'This is not a model id', {
    detail: endpointId,
    hint: 'A model id looks like fal-ai/flux/dev.',
  });
}
