import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Price } from '../../shared/ipc/models.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from '../fal/connection.ts';
import { readPrices } from '../fal/pricing.ts';
import type { ReadPrice } from '../fal/pricing.ts';

interface PriceBookOptions {
  readonly activeProfile: () => string;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
}

/** Milliseconds. */
const LIMIT = 10_000;

type Prices = Readonly<Record<string, Price | null>>;

/** Prices of a unit, as they were first told: by profile, for an account may have prices of its own. */
export class PriceBook {
  readonly #options: PriceBookOptions;
  readonly #known = new Map<string, Map<string, Price | null>>();

  constructor(options: PriceBookOptions) {
    this.#options = options;
  }

  /** By id: null where fal names none, left out where it could not be asked. fal is asked only for what is not known yet. */
  async of(endpointIds: readonly string[], profileId = this.#options.activeProfile()): Promise<Prices> {
    const known = this.#known.get(profileId) ?? new Map<string, Price | null>();
    this.#known.set(profileId, known);
    const unknown = endpointIds.flatMap((text) => {
      const id = parseEndpointId(text);
      return id === null || known.has(fullPath(id)) ? [] : [id];
    });
    const connection = unknown.length === 0 ? null : await this.#options.connection(profileId);
    const read =
      connection?.ok && connection.value.credentials() !== null
        ? await readPrices(connection.value, unknown, AbortSignal.timeout(LIMIT))
        : null;
    if (read?.ok) for (const id of unknown.map(fullPath)) known.set(id, toPrice(read.value.get(id)));
    return Object.fromEntries(
      endpointIds.flatMap((id) => {
        const price = known.get(id);
        return price === undefined ? [] : [[id, price]];
      }),
    );
  }
}

const toPrice = (read: ReadPrice | undefined): Price | null =>
  read === undefined ? null : { amount: read.unit_price, unit: read.unit, currency: read.currency };
